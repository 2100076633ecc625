import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent, request } from 'undici'
import { hashedKey } from '../../engine/execution/signature'
import { countRun, noCounts, stepsOf } from './workloads'

/**
 * An app that does nothing but answer: a run ends in its first call, with five steps saved before or with none, or
 * falls asleep there. What it reaches is what the engine can do by itself, which an app of the SDK would hide. Told to
 * hold, it keeps its answers back, so that runs queue up behind them.
 */
const port = Number(process.env.PORT)
const appUrl = process.env.APP_URL ?? ''
const engineUrl = process.env.INNGEST_BASE_URL ?? ''
const signingKey = process.env.INNGEST_SIGNING_KEY ?? ''

const counts = noCounts()
let held: (() => void)[] | undefined

const idOf = (text: string) => createHash('sha1').update(text).digest('hex')
const complete = JSON.stringify([{ id: idOf('complete'), op: 'RunComplete', data: { workload: 'null' } }])
const answers: Record<string, string> = {
  none: complete,
  five: complete,
  sleeper: JSON.stringify([{ id: idOf('nap'), op: 'Sleep', name: '30d', displayName: 'nap', opts: {} }]),
}

const agent = new Agent({ pipelining: 1 })

createServer((message, response) => {
  let body = ''
  message.setEncoding('utf8').on('data', (part: string) => {
    body += part
  })
  message.on('end', () => void take(message, body, response))
}).listen(port, '127.0.0.1')
process.stdin.on('close', () => process.exit(0)).resume()

async function take({ method, url = '' }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
  if (url === '/counts') return void response.end(JSON.stringify(counts))
  if (url === '/hold' || url === '/go') return void response.end(turn(url === '/hold'))
  if (method === 'PUT') return void response.writeHead(await register()).end()
  const name = new URLSearchParams(url.split('?')[1]).get('fnId')?.replace('bench-', '') ?? ''
  if (name === 'five') for (let n = 0; n < stepsOf.five; n++) await saveStep(n, JSON.parse(body).ctx)
  if (held) held.push(() => answer(name, response))
  else answer(name, response)
}

type Context = { run_id: string; qi_id: string; request_id: string }

/** As the SDK saves a step that it has run within a call. */
async function saveStep(n: number, { run_id, qi_id, request_id }: Context): Promise<void> {
  const name = `step-${n}`
  const steps = [{ id: idOf(name), op: 'StepRun', name, displayName: name, opts: {}, data: n }]
  const { statusCode, body } = await request(`${engineUrl}/v1/checkpoint/${run_id}/async`, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hashedKey(signingKey)}` },
    body: JSON.stringify({ run_id, qi_id, request_id, steps }),
  })
  await body.dump()
  if (statusCode !== 200) throw new Error(`a step was not saved: HTTP ${statusCode}`)
}

function turn(isHeld: boolean): string {
  const released = held ?? []
  held = isHeld ? released : undefined
  if (!isHeld) for (const release of released) release()
  return 'done'
}

function answer(name: string, response: ServerResponse): void {
  countRun(counts, name)
  const headers = { 'content-type': 'application/json', 'x-inngest-sdk': 'null', 'x-inngest-req-version': '2' }
  response.writeHead(206, headers).end(answers[name])
}

async function register(): Promise<number> {
  const functions = Object.keys(answers).map((name) => {
    const runtime = { type: 'http', url: `${appUrl}?fnId=bench-${name}&stepId=step` }
    const step = { id: 'step', name: 'step', runtime }
    return { id: `bench-${name}`, name, triggers: [{ event: `bench/${name}` }], steps: { step } }
  })
  const { status } = await fetch(`${engineUrl}/fn/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hashedKey(signingKey)}` },
    body: JSON.stringify({ url: appUrl, appName: 'bench', sdk: 'null', functions }),
  })
  return status
}
