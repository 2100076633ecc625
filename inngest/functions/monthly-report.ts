import { reportSchedule } from '../report-schedule'

/** The report of the month before, for each account whose morning it is. */
export const monthlyReport = reportSchedule('monthly')
