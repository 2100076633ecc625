import { env } from '@/lib/env'

/** Whether another site's page asks in its reader's name. A program, which sends neither header, may ask. */
export function isForeign(headers: Headers): boolean {
  const [origin, site] = [headers.get('origin'), headers.get('sec-fetch-site')]
  const own = ownHosts(headers.get('host'))
  return (origin !== null && !own.has(hostOf(origin))) || site === 'cross-site'
}

/** On a machine that only its owner reaches, a name that was bent to point at it (DNS rebinding) is not its own. */
function ownHosts(host: string | null): Set<string | null> {
  const { appUrl, isPrivate } = env()
  const name = host?.replace(/:\d+$/, '') ?? ''
  const isOwn = !isPrivate || ['localhost', '127.0.0.1', '[::1]'].includes(name)
  return new Set([new URL(appUrl).host, ...(isOwn ? [host] : [])])
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return 'null'
  }
}
