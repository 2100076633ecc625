import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { isDatabaseAway } from '@/lib/db/is-away'
import { freePort } from '@/local/ports'
import { ownApp } from '../../support/app'

const app = ownApp()
const thrownBy = (work: () => Promise<unknown>) =>
  work().then(
    () => undefined,
    (error: unknown) => error,
  )

describe('the database', () => {
  it('is away where nobody answers, however it is asked', async () => {
    app.setEnv({ DATABASE_URL: 'postgresql://ann:secret@127.0.0.1:1/shop' })
    expect(isDatabaseAway(await thrownBy(() => db().user.count()))).toBe(true)
    expect(isDatabaseAway(await thrownBy(() => db().$queryRaw`SELECT 1`))).toBe(true)
    expect(isDatabaseAway(await thrownBy(() => db().$transaction((tx) => tx.user.count())))).toBe(true)
  })

  it('is away where it cuts the connection off', async () => {
    const cut = () => db().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`
    expect(isDatabaseAway(await thrownBy(cut))).toBe(true)
  })

  it('is there where a statement fails', async () => {
    expect(isDatabaseAway(await thrownBy(() => db().$queryRaw`SELECT 1 / 0`))).toBe(false)
  })

  it('is not meant where somebody else can’t be reached', async () => {
    const refused = await thrownBy(async () => fetch(`http://127.0.0.1:${await freePort()}`))
    expect(refused).toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    expect(isDatabaseAway(refused)).toBe(false)
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    expect(isDatabaseAway(new Error('The provider has hung up.', { cause: reset }))).toBe(false)
  })
})
