import { createServer, type Server } from 'node:http'
import { Agent, request } from 'undici'
import { sign } from '../../engine/execution/signature'
import { newId, uuidOf } from '../../engine/model/ids'
import { canonicalJson } from '../../engine/model/json'

/**
 * An engine that does nothing but call: no database, no queue, no flow control; checkpoints are answered at once, and
 * steps kept in memory alone. It sends the same bodies with the same signatures, as many at a time. What it reaches is the ceiling of an app: no
 * engine could drive that app faster.
 */
const signingKey = process.env.INNGEST_SIGNING_KEY ?? ''
const appUrl = process.env.APP_URL ?? ''
const CONCURRENCY = 100
const agent = new Agent({ pipelining: 1 })

let workload: string | undefined
let underWay = 0
let failures = 0

function answer(): Server {
  return createServer((message, response) => {
    message.resume().on('end', () => {
      if (message.url?.startsWith('/run/'))
        return void runOne(message.url.slice('/run/'.length)).finally(() => response.end())
      if (message.url?.startsWith('/drive/')) {
        workload = message.url.slice('/drive/'.length) || undefined
        fill()
      }
      const body = bodyFor(message.url ?? '')
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    })
  })
}

function bodyFor(path: string): string {
  if (path === '/failures') return String(failures)
  return path.startsWith('/fn/register') ? '{"ok":true,"status":200,"modified":true}' : '{"status":200}'
}

function fill(): void {
  while (workload && underWay < CONCURRENCY) {
    underWay++
    void runOne(workload)
      .catch((error) => {
        console.error(error)
        failures++
      })
      .finally(() => {
        underWay--
        fill()
      })
  }
}

type Op = { id: string; op: string; data?: unknown }
/** What a run has done so far: the memo of its steps, in the order in which they were done. */
type Memo = { stack: string[]; steps: Record<string, { data: unknown }> }

/** One run. With checkpoints on, an app ends it in the call that begins it; with them off it takes a call a step. */
async function runOne(name: string): Promise<void> {
  const runId = newId(Date.now())
  const event = { name: `bench/${name}`, data: { n: 1 }, id: newId(Date.now()), ts: Date.now(), user: {} }
  const memo: Memo = { stack: [], steps: {} }
  for (;;) {
    const { status, text } = await call(name, runId, event, memo)
    if (status === 200) return
    const ops = status === 206 ? (JSON.parse(text) as Op[]) : []
    if (ops.some(({ op }) => op === 'RunComplete')) return
    const [step] = ops
    if (ops.length !== 1 || step?.op !== 'StepRun') throw new Error(`the app answered ${status}: ${text}`)
    memo.steps[step.id] = { data: step.data ?? null }
    memo.stack.push(step.id)
  }
}

async function call(name: string, runId: string, event: object, { stack, steps }: Memo) {
  const body = canonicalJson({
    ctx: contextOf(runId, name, stack),
    defers: {},
    event,
    events: [event],
    steps,
    use_api: false,
    version: stack.length > 0 ? 2 : -1,
  })
  const answered = await request(`${appUrl}?fnId=bench-${name}&stepId=step`, {
    method: 'POST',
    dispatcher: agent,
    headers: headersOf(body, runId),
    body,
  })
  return { status: answered.statusCode, text: await answered.body.text() }
}

function contextOf(runId: string, name: string, stack: string[]) {
  const id = newId(Date.now())
  return {
    attempt: 0,
    disable_immediate_execution: false,
    env: '',
    fn_id: uuidOf(`bench-${name}`),
    generation_id: 1,
    job_id: id,
    max_attempts: 5,
    qi_id: id,
    request_id: newId(Date.now()),
    run_id: runId,
    stack: { current: stack.length, stack },
    step_id: 'step',
    use_api: false,
  }
}

function headersOf(body: string, runId: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'null engine',
    'x-run-id': runId,
    'x-request-id': runId,
    'x-engine-clock-offset-ms': '0',
    'x-inngest-step-id': 'step',
    'x-inngest-req-version': '-1',
    'x-inngest-signature': sign(body, signingKey, Date.now()),
  }
}

answer().listen(Number(process.env.ENGINE_PORT), '127.0.0.1')
process.stdin.on('close', () => process.exit(0)).resume()
