import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprintOf } from '@/local/build'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-build-'))
  mkdirSync(join(dir, 'app/deep'), { recursive: true })
  writeFileSync(join(dir, 'app/a.ts'), 'a')
  writeFileSync(join(dir, 'app/deep/b.ts'), 'b')
})

afterEach(() => rmSync(dir, { recursive: true }))

const fingerprint = () => fingerprintOf([join(dir, 'app'), join(dir, 'missing.json')])

describe('what a build was made from', () => {
  it('is the same while names and contents are, whatever the times say', () => {
    const before = fingerprint()
    utimesSync(join(dir, 'app/a.ts'), 1, 1)
    expect(fingerprint()).toBe(before)
  })

  it('changes with any file’s content or name, and with a file that comes or goes', () => {
    const seen = [fingerprint()]
    writeFileSync(join(dir, 'app/deep/b.ts'), 'changed')
    seen.push(fingerprint())
    cpSync(join(dir, 'app/a.ts'), join(dir, 'app/c.ts'))
    seen.push(fingerprint())
    rmSync(join(dir, 'app/a.ts'))
    seen.push(fingerprint())
    expect(new Set(seen).size).toBe(4)
  })
})
