import { topicOf, unsubscribe } from '@/lib/emails/unsubscribe'
import { openDoor } from '../door'
import { Refusal } from '../problem'
import { readText } from '../read-body'
import { unsubscribePage } from './unsubscribe-page'

export const dynamic = 'force-dynamic'

const MOST_BYTES = 4 * 1024

/** What the link of a letter opens: it asks, since mail programs open links by themselves. */
export const GET = openDoor(async (_, { url }) => {
  const topic = topicOf(tokenOf(url))
  return page(topic ? { state: 'asked', email: topic.email } : { state: 'unknown' })
})

/** One click, of a mail program or of that page (RFC 8058). Known by its token alone: no session is read. */
export const POST = openDoor(async (request, { url }) => {
  const body = await readText(request, { mostBytes: MOST_BYTES })
  // In one of two forms: urlencoded, or multipart.
  if (!/List-Unsubscribe"?(=|\s+)One-Click/.test(body))
    throw new Refusal({
      status: 422,
      title: 'Some fields need another look.',
      fields: { 'List-Unsubscribe': 'The body should be a form with List-Unsubscribe=One-Click.' },
    })
  const ended = await unsubscribe(tokenOf(url))
  return page(ended ? { state: 'ended', email: ended.email } : { state: 'unknown' })
})

const tokenOf = (url: URL) => (url.searchParams.get('token') ?? '').slice(0, 2_000)

function page(about: Parameters<typeof unsubscribePage>[0]): Response {
  return new Response(unsubscribePage(about), {
    status: about.state === 'unknown' ? 400 : 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    },
  })
}
