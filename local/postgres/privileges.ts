import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StartError } from '../start-error'

/** How PostgreSQL's programs are run, and from where. */
export type Footing = {
  binaries: string
  dataDir: string
  /** Puts what must come before a command in front of it. */
  wrap: (command: string, args: string[]) => [string, string[]]
  user: { uid: number; gid: number } | undefined
  /** Said to the person once, where it isn't what they'd expect. */
  remark?: string
}

const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000']

/**
 * PostgreSQL refuses to run as root. As root it runs in a user namespace in which root has an ordinary number (no
 * user is made, 0700 folders stay readable); where namespaces are forbidden, as the user `postgres` or `nobody`, and
 * then, if that user can't enter the project's folder, from a folder that it can.
 * @param unshare the program that makes namespaces; tests hide it.
 */
export function findFooting(binaries: string, dataDir: string, unshare = 'unshare'): Footing {
  const plain = {
    binaries,
    dataDir,
    wrap: (command: string, args: string[]): [string, string[]] => [command, args],
    user: undefined,
  }
  if (process.getuid?.() !== 0) return plain
  if (process.platform === 'linux' && spawnSync(unshare, [...NAMESPACE, 'true']).status === 0) {
    own(dataDir, { uid: 0, gid: 0 })
    return { ...plain, wrap: (command, args) => [unshare, [...NAMESPACE, command, ...args]] }
  }
  const user = idsOf('postgres') ?? idsOf('nobody')
  if (!user)
    throw new StartError(
      'PostgreSQL will not run as root, and there is no user postgres or nobody. Set DATABASE_URL instead.',
    )
  return asOther(binaries, dataDir, user)
}

function asOther(binaries: string, dataDir: string, user: { uid: number; gid: number }): Footing {
  const footing = { wrap: (command: string, args: string[]): [string, string[]] => [command, args], user }
  if (mayEnter(binaries) && mayEnter(dirname(dataDir))) {
    own(dataDir, user)
    return { ...footing, binaries, dataDir }
  }
  const home = join('/var/lib/backroom', createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12))
  const [copy, data] = [join(home, 'native'), join(home, 'data')]
  mkdirSync(home, { recursive: true, mode: 0o755 })
  if (!existsSync(copy)) cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true })
  // A data folder that was brought here from elsewhere, as a backup is.
  if (!existsSync(data) && existsSync(dataDir)) cpSync(dataDir, data, { recursive: true })
  own(data, user)
  const remark = `PostgreSQL runs as user ${user.uid}, who can't enter this folder; its programs and data are in ${home}.`
  return { ...footing, binaries: copy, dataDir: data, remark }
}

/** Makes the folder if need be, and gives it and all in it to a user. */
function own(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (lstatSync(folder).uid === uid) return
  const give = (path: string) => {
    chownSync(path, uid, gid)
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name))
  }
  give(folder)
}

function mayEnter(folder: string): boolean {
  for (let here = resolve(folder); ; here = dirname(here)) {
    if (existsSync(here) && !(statSync(here).mode & 0o001)) return false
    if (here === dirname(here)) return true
  }
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
  return uid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid?.stdout) } : undefined
}
