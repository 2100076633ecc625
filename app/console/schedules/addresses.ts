/** Where a schedule is looked at. */
export const scheduleHref = (id: string) => `/console/schedules/${encodeURIComponent(id)}`
