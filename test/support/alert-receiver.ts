import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach } from 'vitest'

export const ALERT_SECRET = 'alert-secret-of-the-tests'

export type TakenAlert = {
  key: string
  isSigned: boolean
  body: { event?: string; text?: string; incident?: Record<string, unknown> }
}

/** Somebody whom alerts are posted to, for each test of a file. They check the signature as the documentation says. */
export function ownAlertReceiver() {
  const taken: TakenAlert[] = []
  const bodies: string[] = []
  let refusals = 0
  let url = ''
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      bodies.push(body)
      if (refusals > 0) {
        refusals--
        response.writeHead(503).end()
        return
      }
      const isSigned = isGood(String(request.headers['x-backroom-signature'] ?? ''), body)
      taken.push({ key: String(request.headers['idempotency-key']), isSigned, body: JSON.parse(body) })
      response.writeHead(204).end()
    })
  })

  beforeEach(async () => {
    for (const list of [taken, bodies]) list.splice(0)
    refusals = 0
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  return {
    url: () => url,
    taken,
    /** Every post that came, taken or refused. */
    bodies,
    refuse: (times: number) => {
      refusals = times
    },
  }
}

const MOST_OLD_S = 300

function isGood(signature: string, body: string): boolean {
  const [, t = '', v1 = ''] = /^t=(\d+),v1=([\w-]+)$/.exec(signature) ?? []
  const wanted = createHmac('sha256', ALERT_SECRET).update(`${t}.${body}`).digest('base64url')
  const isRecent = Math.abs(Date.now() / 1_000 - Number(t)) < MOST_OLD_S
  return isRecent && wanted.length === v1.length && timingSafeEqual(Buffer.from(wanted), Buffer.from(v1))
}
