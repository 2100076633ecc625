/** The app's name at the server. */
export const APP_ID = 'backroom'

/** Our own id of a function, from the server's, which has the app's name before it. */
export function ownFunctionId(serverName: string, appId: string = APP_ID): string {
  return serverName.startsWith(`${appId}-`) ? serverName.slice(appId.length + 1) : serverName
}
