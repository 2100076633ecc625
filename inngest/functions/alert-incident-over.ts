import { incidentAlert } from '../incident-alert'

/** Tells the operators that an incident is over, in the same ways as of its beginning. */
export const alertIncidentOver = incidentAlert('alert-incident-over', 'closed')
