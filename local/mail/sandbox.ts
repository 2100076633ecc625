import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { isForeign, openDoor, readBody } from '../sandbox/door'
import { Faults } from '../sandbox/faults'
import { type Fault, fault } from './faults'
import { Journal } from './journal'
import { letterRequest, type SandboxLetter } from './letter'
import { mannerOf } from './recipients'

export type MailSandboxOptions = {
  /** 0 for any free port. */
  port: number
  /** Where its journal is kept. */
  dir: string
  /** Real time in milliseconds; a provider's clock never moves. */
  now?: () => number
}

export type MailSandbox = { url: string; letters: () => SandboxLetter[]; stop: () => Promise<void> }

type Reply = { status: number; body: unknown; headers?: Record<string, string> }

/** An answer in the shape of Resend's errors. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly label: string,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }
}

const MAX_BODY_BYTES = 10 * 1024 * 1024

/**
 * Stands in for Resend on one machine: the official SDK talks to it as to the real one. It keeps what it was sent,
 * honours idempotency keys for 24 hours, and can be told to fail.
 */
export async function startMailSandbox({ port, dir, now = Date.now }: MailSandboxOptions): Promise<MailSandbox> {
  const sandbox = new Sandbox(new Journal(join(dir, 'mail.jsonl'), now), now)
  const door = await openDoor(port, (request, response) => void sandbox.serve(request, response))
  return {
    url: door.url,
    letters: () => sandbox.journal.letters.list(),
    stop: async () => {
      await door.close()
      await sandbox.journal.close()
    },
  }
}

class Sandbox {
  private readonly faults = new Faults<Fault>()
  private readonly keysUnderWay = new Set<string>()

  constructor(
    readonly journal: Journal,
    private readonly now: () => number,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await this.answer(request).catch(refusalReply)
    await this.journal.synced()
    if (!reply) return void request.socket.destroy()
    const text = JSON.stringify(reply.body)
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(text)
  }

  /** Undefined: the work is done and the answer is lost. */
  private async answer(request: IncomingMessage): Promise<Reply | undefined> {
    checkCaller(request)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox')
    const door = `${request.method} ${pathname}`
    if (door === 'GET /sandbox/letters') return { status: 200, body: { letters: this.listed(searchParams) } }
    if (door === 'POST /sandbox/faults') return this.addFault(await readJson(request))
    checkKey(request)
    if (door === 'POST /emails')
      return this.send(
        request,
        (body) => [letterOf(body)],
        (ids) => ({ id: ids[0] }),
      )
    if (door === 'POST /emails/batch')
      return this.send(request, lettersOf, (ids) => ({ data: ids.map((id) => ({ id })) }))
    const id = /^GET \/emails\/([\w-]+)$/.exec(door)?.[1]
    if (id) return this.show(id)
    throw new Refusal(404, 'not_found', 'The requested endpoint does not exist.')
  }

  private async send(
    request: IncomingMessage,
    read: (body: unknown) => z.infer<typeof letterRequest>[],
    answerWith: (ids: string[]) => unknown,
  ): Promise<Reply | undefined> {
    const body = await readJson(request)
    const asked = this.faults.take()?.fault
    if (asked?.kind === 'refuse')
      throw new Refusal(asked.status, asked.name, 'The sandbox was asked to refuse this.', asked.retryAfterSeconds)
    const key = keyOf(request)
    if (key && this.keysUnderWay.has(key))
      throw new Refusal(
        409,
        'concurrent_idempotent_requests',
        'Another request with this idempotency key is still in progress.',
      )
    if (key) this.keysUnderWay.add(key)
    try {
      if (asked?.kind === 'slow') await sleep(asked.delayMs)
      const answer = this.sendOnce(key, body, read, answerWith)
      return asked?.kind === 'lose-answer' ? undefined : { status: 200, body: answer }
    } finally {
      if (key) this.keysUnderWay.delete(key)
    }
  }

  private sendOnce(
    key: string | undefined,
    body: unknown,
    read: (body: unknown) => z.infer<typeof letterRequest>[],
    answerWith: (ids: string[]) => unknown,
  ): unknown {
    const at = this.now()
    const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('hex')
    const known = key ? this.journal.keyEntry(key, at) : undefined
    if (known && known.bodyHash !== bodyHash)
      throw new Refusal(409, 'invalid_idempotent_request', 'This idempotency key was used with another payload before.')
    if (known) return known.answer
    const sentAt = new Date(at).toISOString()
    const asked = read(body)
    this.checkRecipients(
      asked.flatMap(({ to }) => to),
      key,
      at,
    )
    const letters = asked.map((letter) => ({ id: randomUUID(), sentAt, key: key ?? null, letter }))
    const answer = answerWith(letters.map(({ id }) => id))
    this.journal.append({ letters, ...(key ? { key: { key, bodyHash, answer, at } } : {}) })
    return answer
  }

  /** Some addresses are there to be refused. */
  private checkRecipients(to: string[], key: string | undefined, at: number): void {
    const manner = mannerOf(to)
    if (!manner) return
    const { status, label, message, passing } = manner
    const of = key ?? to.join()
    const tries = this.journal.triesOf(of) + 1
    if (passing && tries > passing.tries) return
    if (passing) this.journal.append({ letters: [], passing: { of, tries, at } })
    throw new Refusal(status, label, message, passing?.retryAfterSeconds)
  }

  private show(id: string): Reply {
    const found = this.journal.letters.find(id)
    if (!found) throw new Refusal(404, 'not_found', 'Email not found')
    const { letter, sentAt } = found
    return { status: 200, body: { object: 'email', id, ...letter, created_at: sentAt, last_event: 'delivered' } }
  }

  private listed(search: URLSearchParams): SandboxLetter[] {
    const [to, key] = [search.get('to')?.toLowerCase(), search.get('key')]
    const isTo = ({ letter }: SandboxLetter) => !to || letter.to.some((address) => address.toLowerCase() === to)
    const isWanted = (letter: SandboxLetter) => isTo(letter) && (!key || letter.key === key)
    return this.journal.letters.list(isWanted, Number(search.get('limit')) || 200)
  }

  private addFault(body: unknown): Reply {
    const asked = fault.safeParse(body)
    if (!asked.success) throw new Refusal(422, 'validation_error', z.prettifyError(asked.error))
    if (asked.data.kind === 'none') this.faults.clear()
    else this.faults.add(asked.data)
    return { status: 200, body: { ok: true } }
  }
}

function letterOf(body: unknown): z.infer<typeof letterRequest> {
  const letter = letterRequest.safeParse(body)
  if (letter.success) return letter.data
  const issue = letter.error.issues[0]
  throw new Refusal(422, 'validation_error', `\`${issue?.path.join('.')}\`: ${issue?.message}`)
}

function lettersOf(body: unknown): z.infer<typeof letterRequest>[] {
  if (!Array.isArray(body) || body.length === 0 || body.length > 100)
    throw new Refusal(422, 'validation_error', 'The body should be an array of 1 to 100 emails.')
  return body.map(letterOf)
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key']
  if (typeof key !== 'string') return undefined
  if (key.length < 1 || key.length > 256)
    throw new Refusal(400, 'invalid_idempotency_key', 'The idempotency key should have 1 to 256 characters.')
  return key
}

function checkKey({ headers }: IncomingMessage): void {
  const key = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1]
  if (!key) throw new Refusal(401, 'missing_api_key', 'Missing API key in the authorization header.')
  if (!key.startsWith('re_')) throw new Refusal(403, 'invalid_api_key', 'API key is invalid.')
}

function checkCaller(request: IncomingMessage): void {
  if (isForeign(request)) throw new Refusal(403, 'forbidden', 'The sandbox answers to programs on this machine only.')
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === undefined) throw new Refusal(413, 'validation_error', 'The body is too large.')
  try {
    return JSON.parse(body)
  } catch {
    throw new Refusal(400, 'validation_error', 'The body is not valid JSON.')
  }
}

function refusalReply(error: unknown): Reply {
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'application_error', 'The sandbox has failed.')
  const { status, label, message, retryAfterSeconds } = refusal
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) }
  return { status, body: { statusCode: status, name: label, message }, ...(headers ? { headers } : {}) }
}
