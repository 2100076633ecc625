import { Readable } from 'node:stream'
import { findServedImage } from '@/lib/images/find-served'

// An image's files never change: a picture that is uploaded anew is another image.
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-type': 'image/webp',
  'x-content-type-options': 'nosniff',
}

/** A picture that is ready, at least so wide where it can be. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string; width: string }> }) {
  const { id, width } = await params
  const image = /^[1-9]\d{0,4}$/.test(width) ? await findServedImage(id, Number(width)) : null
  if (!image) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  const headers = { ...HEADERS, etag: image.etag }
  if (request.headers.get('if-none-match')?.includes(image.etag)) return new Response(null, { status: 304, headers })
  const body = Readable.toWeb(image.read()) as ReadableStream
  return new Response(body, { headers: { ...headers, 'content-length': String(image.bytes) } })
}
