import { afterAll, beforeAll, describe, it } from 'vitest'
import { type SdkApp, startSdkApp } from '../support/sdk-app'
import { cases } from './cases'
import type { Case } from './contract'
import { type ContractServer, openServer } from './server'
import { worldOf } from './world'

const foreign = process.env.INNGEST_SERVER_URL
const applying = cases.filter(({ tag }) => tag === 'portable' || !foreign)

describe.each([
  ['one answer a call', false],
  ['streamed answers', true],
])(`the contract of ${foreign ?? 'our engine'}, %s`, (_, streaming) => {
  let server: ContractServer
  let app: SdkApp
  const worlds = new Map<Case, ReturnType<typeof worldOf>>()

  beforeAll(async () => {
    server = await openServer()
    for (const test of applying) worlds.set(test, worldOf(test, server))
    const functions = (inngest: SdkApp['inngest']) =>
      [...worlds].flatMap(([test, world]) => test.functions(inngest, world))
    app = await startSdkApp(server, functions, { id: `contract-${streaming ? 'streamed' : 'plain'}`, streaming })
    await app.register()
  })

  afterAll(async () => {
    await app?.close()
    await server?.stop()
  })

  for (const test of applying) {
    it.concurrent(test.title, async () => {
      const world = worlds.get(test)
      if (world) await test.run(world).finally(world.close)
    })
  }
})
