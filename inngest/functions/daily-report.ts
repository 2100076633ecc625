import { reportSchedule } from '../report-schedule'

/** The report of the day before, for each account whose morning it is. */
export const dailyReport = reportSchedule('daily')
