import type { Running } from './start-all'

/** The table of addresses that a start ends with. Pure. */
export function addressTable({ engineUrl, mailUrl, paymentsUrl, databaseUrl, demo }: Running, appUrl: string): string {
  const database = new URL(databaseUrl)
  const rows: [string, string][] = [
    ['App', appUrl],
    ['Console', `${appUrl}/console`],
    ...(mailUrl ? ([['Mailbox', `${appUrl}/console/mailbox`]] as [string, string][]) : []),
    ...(paymentsUrl ? ([['Payments', paymentsUrl]] as [string, string][]) : []),
    ...(engineUrl ? ([['Engine', engineUrl]] as [string, string][]) : []),
    ['PostgreSQL', `${database.host}${database.pathname}`],
    ...(demo ? ([['Sign in as', `${demo.email}  ${demo.password}`]] as [string, string][]) : []),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}
