import { reportSchedule } from '../report-schedule'

/** The digest of the week before, for each account whose morning it is. */
export const weeklyDigest = reportSchedule('weekly')
