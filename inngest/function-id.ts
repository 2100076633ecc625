import { inngest } from './client'

/** Our own id of a function, from the server's, which has the app's name before it. */
export function ownFunctionId(serverId: string): string {
  const prefix = `${inngest.id}-`
  return serverId.startsWith(prefix) ? serverId.slice(prefix.length) : serverId
}
