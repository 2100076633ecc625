import { incidentAlert } from '../incident-alert'

/** Tells the operators that something is wrong. */
export const alertIncident = incidentAlert('alert-incident', 'opened')
