import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_DIR } from './project'
import { StartError } from './start-error'

/** What a build is made from. */
const SOURCES = [
  ...['app', 'lib', 'inngest', 'prisma/schema.prisma', 'instrumentation.ts', 'instrumentation-node.ts'],
  ...['next.config.js', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'],
]
const DIST = join(PROJECT_DIR, '.next')
const GENERATED = join(PROJECT_DIR, 'lib/db/generated')

/** Makes the database client where an install without scripts has left it out, or the schema has changed since. */
export function ensureClient(): void {
  const [note, schema] = [join(GENERATED, 'made-from'), fingerprintOf([join(PROJECT_DIR, 'prisma/schema.prisma')])]
  const isThere = existsSync(join(GENERATED, 'client.ts'))
  if (isThere && existsSync(note) && readFileSync(note, 'utf8') === schema) return
  run('node_modules/prisma/build/index.js', ['generate'], 'The database client could not be generated')
  writeFileSync(note, schema)
}

/** Builds the app, whether it is needed or not, and notes what it was built from. */
export function build(): void {
  ensureClient()
  run('node_modules/next/dist/bin/next', ['build'], 'The app could not be built')
  writeFileSync(join(DIST, 'built-from'), fingerprint())
}

/** Builds the app, unless a build of this very source is there. @returns whether it built. */
export function ensureBuild(say: (line: string) => void): boolean {
  if (isFresh()) return false
  say('Building the app; this takes about half a minute, once.')
  build()
  return true
}

/** Whether a build is there, and of this very source. */
function isFresh(): boolean {
  const note = join(DIST, 'built-from')
  return existsSync(join(DIST, 'BUILD_ID')) && existsSync(note) && readFileSync(note, 'utf8') === fingerprint()
}

function fingerprint(): string {
  return fingerprintOf(SOURCES.map((source) => join(PROJECT_DIR, source)))
}

/** One text for the names and contents of all files below these paths; times don't count, since copying changes them. */
export function fingerprintOf(paths: string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesBelow).sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function filesBelow(path: string): string[] {
  if (!existsSync(path) || path === GENERATED) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)))
}

function run(script: string, args: string[], complaint: string): void {
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: PROJECT_DIR,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new StartError(`${complaint}:\n${stdout}${stderr}`)
}
