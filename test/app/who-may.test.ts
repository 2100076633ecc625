import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { ORIGIN, ownApp } from '../support/app'
import { SIGNING_KEY } from '../support/engine'
import { operatorAndOwner } from '../support/sessions'
import { doors, rooms } from '../support/who-may'

const ROOT = join(import.meta.dirname, '../..')
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

type Door = (request: Request, context: object) => Response | Promise<Response>

/** Every file of the app, as a path from the root. */
const files = readdirSync(join(ROOT, 'app'), { recursive: true })
  .map((name) => `app/${String(name).replaceAll(sep, '/')}`)
  .filter((file) => /\.tsx?$/.test(file))

const app = ownApp()
const found = new Map<string, Door>()

beforeEach(async () => {
  app.setEnv({ INNGEST_DEV: '0', INNGEST_BASE_URL: 'http://127.0.0.1:1', INNGEST_SIGNING_KEY: SIGNING_KEY })
  found.clear()
  for (const file of files.filter((each) => /^app\/api\/.*route\.tsx?$/.test(each))) {
    const path = file.replace(/^app|\/route\.tsx?$/g, '')
    const route: Record<string, unknown> = await import(join(ROOT, file))
    for (const method of METHODS) if (route[method]) found.set(`${method} ${path}`, route[method] as Door)
  }
})

/** The status of a door's answer, whose body is not waited for: one of them never ends. */
async function ask(name: string, headers: Record<string, string>): Promise<number> {
  const [method = '', path] = name.split(' ')
  const abort = new AbortController()
  const body = doors[name]?.body
  const request = new Request(ORIGIN + path, {
    method,
    headers: { host: 'localhost:3000', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    signal: abort.signal,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  try {
    return (await found.get(name)?.(request, {}))?.status ?? 0
  } catch (error) {
    // What Next makes a redirect of.
    const [kind, , , status] = String((error as { digest?: unknown }).digest).split(';')
    if (kind !== 'NEXT_REDIRECT') throw error
    return Number(status)
  } finally {
    abort.abort()
  }
}

describe('the doors', () => {
  it('stand in the table of who may, all of them', () => {
    expect([...found.keys()].sort()).toEqual(Object.keys(doors).sort())
  })

  it('answer nobody, the owner of a shop, an operator and another site as it says', async () => {
    const { operator, owner } = await operatorAndOwner()
    const answered: typeof doors = {}
    for (const [name, { body }] of Object.entries(doors))
      answered[name] = {
        nobody: await ask(name, {}),
        otherSite: await ask(name, { cookie: operator.cookie, origin: 'https://other.example' }),
        owner: await ask(name, { cookie: owner.cookie }),
        operator: await ask(name, { cookie: operator.cookie }),
        ...(body ? { body } : {}),
      }
    expect(answered).toEqual(doors)
  })
})

const roomOf = (file: string) => rooms.find(({ folder }) => file === folder || file.startsWith(`${folder}/`))
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const calls = (text: string, guard: string | null) => guard === null || text.includes(`await ${guard}()`)

/** A page that shows nothing of its own, and leads on to one that is guarded. */
const leadsOn = (text: string) => /\bredirect\('/.test(text) && !text.includes('@/lib/')

describe('every page', () => {
  const pages = files.filter((file) => file.endsWith('/page.tsx'))

  it('stands in a room of the table', () => {
    expect(pages.length).toBeGreaterThan(5)
    expect(pages.filter((file) => !roomOf(file))).toEqual([])
  })

  it('calls the guard of its room itself: a layout does not run again', () => {
    const unguarded = pages.filter(
      (file) => !calls(textOf(file), roomOf(file)?.guard ?? null) && !leadsOn(textOf(file)),
    )
    expect(unguarded).toEqual([])
  })
})

describe('every server action', () => {
  const homes = files.filter((file) => /^\s*'use server'/m.test(textOf(file)))
  /** What a file exports, each from its first word to the next export. */
  const exportsOf = (file: string) =>
    textOf(file)
      .split(/^export /m)
      .slice(1)

  it('stands in a room of the table, in a file of its own', () => {
    expect(homes.length).toBeGreaterThan(0)
    for (const file of homes) {
      expect(roomOf(file), file).toBeDefined()
      expect(textOf(file), file).toMatch(/^'use server'/)
    }
  })

  it('is made by its room’s own maker, which asks who acts, or calls the guard itself', () => {
    const unguarded = homes.flatMap((file) =>
      exportsOf(file)
        .filter((action) => {
          const { guard = null, maker } = roomOf(file) ?? {}
          return maker ? !action.match(`^const \\w+ = ${maker}\\(`) : !calls(action, guard)
        })
        .map((action) => `${file}: ${action.slice(0, 40)}`),
    )
    expect(unguarded).toEqual([])
  })
})
