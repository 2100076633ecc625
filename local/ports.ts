import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'

/** True when nothing listens on this port of this host. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  // Where another program listens on every address, some systems let one address of them be taken all the same.
  if (await answersOn(port)) return false
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/**
 * Below the ports that systems give to outgoing connections (from 32,768 on Linux, 49,152 elsewhere): one of those can
 * be taken by any connection between the look and the listening.
 */
const FREE_PORTS = { first: 20_000, last: 32_767 }

/** A port that nothing listens on: the wished one if it is free, else any. */
export async function freePort(wished = 0, host = '127.0.0.1'): Promise<number> {
  if (wished > 0 && (await isPortFree(wished, host))) return wished
  for (let tries = 0; tries < 50; tries++) {
    const port = randomInt(FREE_PORTS.first, FREE_PORTS.last + 1)
    if (await isPortFree(port, host)) return port
  }
  return portOfSystem(host)
}

/** Any port that the system gives; its error says what is wrong with the host. */
function portOfSystem(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** The first free port from this one on. */
export async function nextFreePort(from: number, host = '127.0.0.1'): Promise<number> {
  for (let port = from; port < from + 50; port++) if (await isPortFree(port, host)) return port
  return freePort(0, host)
}
