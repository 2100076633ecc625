import sharp from 'sharp'

export const MOST_BYTES = 15 * 1024 * 1024
export const MOST_PIXELS = 50_000_000

/** What a WebP can hold. */
const LONGEST_SIDE = 16_000

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif'
export type Picture = { format: PictureFormat; width: number; height: number }
export type PictureRefused = { ok: false; message: string }

export const WRONG_TYPE = 'This is no picture that can be used. A JPEG, PNG, WebP or AVIF would be right.'
export const TOO_MANY_BYTES = 'The picture is too large. 15 MB would be the most.'
const UNREADABLE = 'The picture is damaged and can’t be read. Save it once more and upload that.'

/** Enough of a file's beginning to tell its type. */
export const HEAD_BYTES = 64

/** A picture's type by its first bytes, whatever its name says; null for anything else. */
export function formatOf(head: Uint8Array): PictureFormat | null {
  const latin = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  if (latin.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (latin.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (latin.startsWith('RIFF') && latin.slice(8, 12) === 'WEBP') return 'webp'
  // Its brands, the main one and those it is compatible with, follow the box's length and name.
  if (latin.slice(4, 8) === 'ftyp' && /^(?:.{4})*?avi[fs]/s.test(latin.slice(8))) return 'avif'
  return null
}

/**
 * Reads a picture's header, and nothing that would have to be unpacked for it.
 * @param bytes the whole file.
 * @returns its type and its size in pixels as it is seen, or in plain words why it can't be used.
 */
export async function checkPicture(bytes: Uint8Array): Promise<({ ok: true } & Picture) | PictureRefused> {
  if (bytes.byteLength > MOST_BYTES) return { ok: false, message: TOO_MANY_BYTES }
  const format = formatOf(bytes.subarray(0, HEAD_BYTES))
  if (!format) return { ok: false, message: WRONG_TYPE }
  // The limit is ours to tell, with its numbers.
  const read = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (!read?.width || !read.height) return { ok: false, message: UNREADABLE }
  const { width, height } = read.autoOrient
  if (width * height > MOST_PIXELS)
    return { ok: false, message: `The picture has ${width} × ${height} pixels. 50 megapixels would be the most.` }
  if (Math.max(width, height) > LONGEST_SIDE)
    return {
      ok: false,
      message: `The picture is ${width} × ${height} pixels. ${LONGEST_SIDE} a side would be the most.`,
    }
  return { ok: true, format, width, height }
}
