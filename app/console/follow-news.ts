/**
 * Hears which runs have news while the page can be seen. A browser opens few connections to one host, so a page that
 * is hidden holds none; what it missed meanwhile, and while the server was away, is told as one piece of news.
 * @param hear is called with the runs' ids; with none where one run is followed, or news may have been missed.
 * @returns what ends it.
 */
export function followNews(runId: string | undefined, hear: (runIds: string[]) => void): () => void {
  let source: EventSource | undefined
  const open = () => {
    source = new EventSource(`/api/admin/news${runId ? `?run=${encodeURIComponent(runId)}` : ''}`)
    source.onmessage = ({ data }) => hear((JSON.parse(data) as { runIds: string[] }).runIds)
    let wasLost = false
    source.onerror = () => {
      wasLost = true
    }
    source.onopen = () => {
      if (wasLost) hear([])
    }
  }
  const close = () => {
    source?.close()
    source = undefined
  }
  const look = () => {
    if (document.hidden) return close()
    if (source) return
    open()
    hear([])
  }
  if (!document.hidden) open()
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    close()
  }
}
