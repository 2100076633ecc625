import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeParts } from './made-parts'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(resolve(ROOT, name), 'utf8')

describe('the documents', () => {
  it.each(Object.entries(madeParts))(
    'are as the code says; `npm run docs` brings them up to date: %s',
    (name, upToDate) => {
      const page = read(name)
      expect(upToDate(page)).toBe(page)
    },
  )

  // `inngest/function.failed` and its like are events of the server, and no files.
  it.each(['README.md', 'ARCHITECTURE.md'])('name only files that are there: %s', (page) => {
    const named = [
      ...read(page).matchAll(
        /`((?:app|lib|inngest(?!\/function\.)|engine|local|prisma|test|docs|\.ci)\/[\w./()[\]-]*)`/g,
      ),
    ].map(([, path]) => path ?? '')
    const gone = named.filter((path) => !existsSync(resolve(ROOT, path)) && !existsSync(resolve(ROOT, `${path}.ts`)))
    expect(gone).toEqual([])
  })

  it('name only scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...(read('README.md') + read('ARCHITECTURE.md')).matchAll(/`npm run ([\w:]+)/g)].map(
      ([, name]) => name ?? '',
    )
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})
