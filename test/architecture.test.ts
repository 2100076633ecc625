import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { functions } from '@/inngest'

const ROOT = resolve(import.meta.dirname, '..')

/** Which rooms a room may import, besides its own. Everything else of ours is forbidden to it. The first rule that fits holds. */
const arrows: { room: RegExp; may: RegExp[]; why: string; isStrict?: boolean }[] = [
  { room: /^engine\//, may: [], why: 'the engine knows nothing of ours; everything meets it over HTTP' },
  { room: /^lib\//, may: [], why: 'lib knows neither the pages nor the functions; the relay is handed its send' },
  {
    room: /^inngest\/functions\//,
    may: [/^lib\/(?!db)/, /^inngest\/(client|events|system-events|schedules|limits|report-schedule|incident-alert)$/],
    why: 'functions orchestrate; no Prisma, no SQL',
    isStrict: true,
  },
  { room: /^inngest\//, may: [/^lib\//], why: 'the way goes from app to inngest to lib' },
  { room: /^app\/api\/inngest\//, may: [/^inngest/, /^lib\//], why: 'the one route that serves functions' },
  {
    room: /^app\/api\/(admin|health|metrics)\//,
    may: [/^inngest$/, /^inngest\/schedules$/, /^lib\/(?!db$|db\/(?!is-))/],
    why: 'they tell of functions and schedules as data',
  },
  {
    room: /^app\/(?!console)/,
    may: [/^lib\/(?!db$|db\/(?!is-))/],
    why: 'pages and doors call verbs; they see neither Prisma nor the engine',
  },
  {
    room: /^app\/console\//,
    may: [/^lib\/(?!db$|db\/(?!is-))/, /^inngest/, /^app\//],
    why: 'the console shows functions as data',
  },
  {
    room: /^local\//,
    may: [/^lib\/(env|engine-api)$/],
    why: 'what stands in for the outside world never meets the product',
  },
]

const ROOMS = ['app', 'inngest', 'lib', 'engine', 'local', 'prisma', 'test']
const banned = /(^|[-/.])(utils?|helpers?|misc|common|types|manager|service|handler)s?\.(ts|tsx)$/i

const files = ROOMS.flatMap((room) => filesBelow(join(ROOT, room)))
  .map((path) => relative(ROOT, path))
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith('lib/db/generated/'))

function filesBelow(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const child = join(path, name)
    if (name === '.next' || name === 'node_modules') return []
    return statSync(child).isDirectory() ? filesBelow(child) : [child]
  })
}

/** What a file imports of ours, as paths from the root without an ending. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier ?? '')
  return specifiers
    .filter((specifier) => specifier.startsWith('.') || specifier.startsWith('@/'))
    .map((specifier) =>
      specifier.startsWith('@/') ? specifier.slice(2) : relative(ROOT, resolve(ROOT, dirname(file), specifier)),
    )
}

const roomOf = (path: string) => path.split('/')[0] ?? ''

describe('the house', () => {
  it('has arrows that go one way', () => {
    const wrong: string[] = []
    for (const file of files) {
      const rule = arrows.find(({ room }) => room.test(file))
      if (!rule) continue
      for (const target of importsOf(file)) {
        const isOwn = !rule.isStrict && roomOf(target) === roomOf(file)
        if (isOwn || rule.may.some((may) => may.test(target))) continue
        wrong.push(`${file} imports ${target}: ${rule.why}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('has no drawers', () => {
    expect(files.filter((file) => banned.test(file))).toEqual([])
  })

  it('has small files', () => {
    const long = files
      .filter((file) => !file.startsWith('test/'))
      .map((file) => `${file}: ${readFileSync(join(ROOT, file), 'utf8').split('\n').length}`)
      .filter((entry) => Number(entry.split(': ')[1]) > 300)
    expect(long).toEqual([])
  })

  it('serves every function that stands in inngest/functions, under its file’s name', () => {
    const names = files
      .filter((file) => file.startsWith('inngest/functions/'))
      .map((file) => file.replace(/^.*\/|\.tsx?$/g, ''))
    expect(functions.map((fn) => fn.id()).sort()).toEqual(names.sort())
  })

  it('explains every variable of the environment, and no other', () => {
    const known = [...readFileSync(join(ROOT, 'lib/env.ts'), 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
      ([, name]) => name,
    )
    const explained = [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(
      ([, name]) => name,
    )
    expect(new Set(explained)).toEqual(new Set(known))
  })
})
