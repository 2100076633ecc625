/** A file that is no text in UTF-8. */
export class WrongEncodingError extends Error {
  override name = 'WrongEncodingError'
}

/**
 * Hands the pieces of a file on as they come, looking whether they are UTF-8.
 * @throws WrongEncodingError at the first byte that is none; a NUL is none either, and what UTF-16 is full of.
 */
export async function* checkUtf8(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const look = (read: () => string, piece?: Uint8Array) => {
    try {
      read()
    } catch (error) {
      throw new WrongEncodingError('not UTF-8', { cause: error })
    }
    if (piece?.includes(0)) throw new WrongEncodingError('a NUL in the text')
  }
  for await (const piece of content) {
    look(() => decoder.decode(piece, { stream: true }), piece)
    yield piece
  }
  look(() => decoder.decode())
}
