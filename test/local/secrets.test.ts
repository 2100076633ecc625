import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writePrivateJson } from '@/local/private-file'
import { readSecrets } from '@/local/secrets'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-secrets-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

it('secrets are made once, for their owner alone', () => {
  const secrets = readSecrets(dir)
  expect(readSecrets(dir)).toEqual(secrets)
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600)
})

it('a folder of an older version keeps its secrets, and gets the one that it lacks', () => {
  const { webhookSecret: _, ...older } = readSecrets(dir)
  writePrivateJson(join(dir, 'secrets.json'), older)
  const secrets = readSecrets(dir)
  expect(secrets).toMatchObject({ ...older, webhookSecret: expect.stringMatching(/^whsec_\w{64}$/) })
  expect(readSecrets(dir)).toEqual(secrets)
})
