import type { ReportRequest } from '@/lib/reports/find-requested-report'
import type { ReportType } from '@/lib/reports/report-schedules'

/** The list of one type's reports; daily ones go without saying. */
export function reportsHref({ type, cursor }: { type: ReportType; cursor?: string | undefined }): string {
  const query = new URLSearchParams({ ...(type === 'daily' ? {} : { type }), ...(cursor ? { cursor } : {}) })
  return query.size > 0 ? `/reports?${query}` : '/reports'
}

export const reportHref = (id: string) => `/reports/${id}`
export const reportLetterHref = (id: string) => `/reports/${id}/letter`
export const reportCsvHref = (id: string) => `/api/reports/${id}/csv`

/** Where one waits for a report that was asked for. */
export const requestedHref = ({ type, startDate, requestId }: ReportRequest) =>
  `/reports/requested?${new URLSearchParams({ type, startDate, requestId })}`
