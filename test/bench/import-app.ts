import { createReadStream } from 'node:fs'
import { closeDb, db } from '../../lib/db'
import { performImportPart } from '../../lib/imports/perform-import-part'
import { removeLeftovers } from '../../lib/imports/remove-leftovers'
import { requestImport } from '../../lib/imports/request-import'

/** What one import has come to; `peakMb` is the most that its process has held at once until then. */
export type Brought = {
  created: number
  unchanged: number
  parts: number
  seconds: number
  cpuSeconds: number
  peakMb: number
}

/**
 * `import-app.ts <file> <account's id> <small file> <its account's id>`: brings a file and imports it, part by part, as the
 * function does; then the same once more. A process of its own for each size, so that its memory is that of nothing else.
 * The small one comes first: an app runs for days, and the code of a process that has just started is not compiled yet.
 */
async function main([file = '', accountId = '', smallFile = '', smallAccountId = '']: string[]): Promise<void> {
  const accountOf = (id: string) => db().account.findUniqueOrThrow({ where: { id } })
  await bring(await accountOf(smallAccountId), smallFile)
  const account = await accountOf(accountId)
  const lines: Brought[] = []
  for (let time = 0; time < 2; time++) lines.push(await bring(account, file))
  await closeDb()
  console.log(JSON.stringify(lines))
}

async function bring(account: Parameters<typeof requestImport>[0]['account'], file: string): Promise<Brought> {
  const asked = await requestImport(
    { account },
    { name: 'bench.csv', dryRun: false },
    { content: createReadStream(file) },
  )
  if (!asked.ok) throw new Error(asked.fields.file)
  const [begun, cpuBefore] = [performance.now(), process.cpuUsage()]
  let parts = 1
  while (!(await performImportPart(asked.importId))?.isDone) parts++
  const seconds = (performance.now() - begun) / 1_000
  const { user, system } = process.cpuUsage(cpuBefore)
  await removeLeftovers(asked.importId)
  const { created, unchanged } = await db().productImport.findUniqueOrThrow({ where: { id: asked.importId } })
  const peakMb = process.resourceUsage().maxRSS / 1_024
  return { created, unchanged, parts, seconds, cpuSeconds: (user + system) / 1_000_000, peakMb }
}

await main(process.argv.slice(2))
