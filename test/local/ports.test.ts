import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort, isPortFree, nextFreePort } from '@/local/ports'

const servers: Server[] = []

async function listen(port: number): Promise<void> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

describe('a free port', () => {
  it('is none that the system may give to anybody else meanwhile', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()))
    expect(ports.filter((port) => port < 20_000 || port > 32_767)).toEqual([])
    for (const port of new Set(ports)) await listen(port)
    expect(await Promise.all([...new Set(ports)].map((port) => isPortFree(port)))).not.toContain(true)
  })

  it('is the wished one, unless somebody listens there', async () => {
    const wished = await freePort()
    expect(await freePort(wished)).toBe(wished)
    await listen(wished)
    expect(await freePort(wished)).not.toBe(wished)
    expect(await nextFreePort(wished)).toBeGreaterThan(wished)
  })
})
