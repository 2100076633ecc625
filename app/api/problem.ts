/** A refusal as RFC 9457 has it; `fields` names what is wrong and says what would be right. */
export type ProblemDetails = { status: number; title: string; detail?: string; fields?: Record<string, string> }

/** A request that is refused on its way in, before any verb has seen it. */
export class Refusal extends Error {
  override name = 'Refusal'
  constructor(
    readonly details: ProblemDetails,
    readonly headers: Record<string, string> = {},
  ) {
    super(details.title)
  }
}

export function problem(details: ProblemDetails, headers: Record<string, string> = {}): Response {
  return Response.json(
    { type: 'about:blank', ...details },
    {
      status: details.status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    },
  )
}

/** The fields of a form are wrong. */
export function wrongFields(fields: Record<string, string>): Response {
  return problem({ status: 422, title: 'Some fields need another look.', fields })
}

export function tooMany(retryAfterSeconds: number): Response {
  const minutes = Math.max(1, Math.ceil(retryAfterSeconds / 60))
  const detail = `Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
  return problem({ status: 429, title: 'Too many tries.', detail }, { 'retry-after': String(retryAfterSeconds) })
}
