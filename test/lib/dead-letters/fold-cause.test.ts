import { describe, expect, it } from 'vitest'
import { foldCause } from '@/lib/dead-letters/fold-cause'

const uuid = ['9b2f7c1e-0c7a-4a55-9d0e-3a5f1c2b4d6e', '00000000-0000-4000-8000-00000000000F']
const ulid = ['01M87W4QQ54794HVTBEBMHK6QZ', '01JD8Z3K0VXA7C9Q2S5T6W8Y1B']

describe('one cause', () => {
  it.each([
    ['numbers', 'Order 1042 has 3 lines', 'Order 7 has 12 lines'],
    ['numbers of another length', 'Account 1234567 is closed', 'Account 123456789012 is closed'],
    ['decimals, times and ratios', 'took 1,234.5 ms at 12:30:01', 'took 9 ms at 7:05'],
    ['instants', 'no slot at 2026-11-24T22:52:00.000Z', 'no slot at 2027-01-02T03:04:05.678Z'],
    ['addresses and ports', 'connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 10.0.12.7:6543'],
    ['uuids', `There is no user ${uuid[0]}.`, `There is no user ${uuid[1]}.`],
    ['ulids', `run ${ulid[0]} is gone`, `run ${ulid[1]} is gone`],
    ['hashes', 'no blob da39a3ee5e6b4b0d', 'no blob 9f86d081884c7d659a2feaa0c55ad015'],
    ['a provider’s ids', 'No such charge: pi_3MtwBwLkdIwHu7ix28a3tqPa', 'No such charge: pi_NffrFeUfNVHibKoAbCdEfGhI'],
    ['other long ids', 'no upload cm4b1x2y3z0000abcdwxyz01', 'no upload k7p9q2r4s6t8u0v1w3x5y7z9'],
    ['an id behind a word', `welcome/${uuid[0]} is unknown`, `welcome/${uuid[1]} is unknown`],
    ['emails', 'ann@example.com has bounced', 'bob.o+shop@mail.example.co.uk has bounced'],
    ['urls', 'GET https://a.example/x?y=1 failed', 'GET http://b.example:81/z#q failed'],
    ['addresses of other kinds', 'no postgresql://ann:x@db/shop', 'no postgresql://bob:y@db2:5433/other'],
    ['double quotes', 'column "email" is missing', 'column "a longer name" is missing'],
    ['single quotes', "Unexpected token 'a'", "Unexpected token '}'"],
    ['curly quotes', 'no shop “Corner”', 'no shop “By the Sea”'],
    ['ticks', 'Invalid `prisma.user.create()` call', 'Invalid `tx.order.update()` call'],
    ['an empty quote', 'the name "" is taken', 'the name "Ann" is taken'],
    ['quotes over lines', 'not JSON: "{\n}" at all', 'not JSON: "[]" at all'],
    ['white space', 'two  words\n', 'two words'],
    ['a quote longer than what is read', `no: "${'a'.repeat(3_000)}" here`, `no: "${'b'.repeat(2_000)}" here`],
  ])('is seen behind other %s', (_, one, other) => {
    expect(foldCause(one)).toBe(foldCause(other))
  })
})

describe('two causes', () => {
  it.each([
    ['words', 'The card was declined', 'The card has expired'],
    ['words joined by _', 'Stripe: card_declined', 'Stripe: incorrect_number'],
    ['long words joined by _', 'code invalid_parameter', 'code missing_recipient'],
    ['long names in capitals', 'TRANSACTIONROLLBACK', 'SERIALIZATIONFAILURE'],
    ['words of the letters a to f', 'bad facade', 'bad decade'],
    ['error codes in words', 'connect ECONNREFUSED 127.0.0.1:1', 'connect ETIMEDOUT 127.0.0.1:1'],
    ['status codes', 'Request failed with status code 503', 'Request failed with status code 401'],
    ['HTTP statuses', 'The provider said HTTP 404', 'The provider said HTTP/1.1 500'],
    ['apostrophes', "The shop can't be read", "The shop won't be read"],
    ['what stands between two apostrophes', "can't read what isn't there", "can't write what isn't there"],
    ['what follows an inch sign', 'the 5" panel is dark', 'the 5" panel is bright'],
    ['kinds of ids', 'no user ann@example.com', `no user ${uuid[0]}`],
  ])('stay two where they differ in %s', (_, one, other) => {
    expect(foldCause(one)).not.toBe(foldCause(other))
  })
})

describe('a folded cause', () => {
  it('reads as the message does', () => {
    expect(foldCause('Order 1042 of ann@example.com: "Teapot" is at https://shop.example/t/9')).toBe(
      'Order # of <email>: “…” is at <url>',
    )
  })

  it('is the same when it is folded once more', () => {
    const once = foldCause(`Order 7, run ${ulid[0]}, 'x', status code 500, pi_3MtwBwLkdIwHu7ix`)
    expect(foldCause(once)).toBe(once)
  })

  it('is empty for an empty message', () => {
    expect(foldCause('')).toBe('')
  })

  it('is short, and can be stored, wherever it is cut', () => {
    for (let shift = 0; shift < 4; shift++) {
      const cause = foldCause(`${'x'.repeat(shift)}${'🫖 '.repeat(400)}`)
      expect(cause.length).toBeLessThanOrEqual(300)
      expect(cause.isWellFormed()).toBe(true)
    }
  })
})

/** Texts that make a careless pattern try everything: each piece, repeated to 100 kB, with each end. */
const pieces = [
  ...[
    '"',
    "'",
    '“',
    '`',
    '«',
    ' ',
    '\n',
    'a',
    'A',
    '1',
    '0.',
    '1,',
    'a1',
    'aA',
    'f0',
    'f',
    '_',
    'a_',
    '@',
    'a@',
    'a@a',
  ],
  ...['a@a.', 'a.', '.', '-', '+', 'http://', 'a:', '://', 'status ', 'HTTP', 'status: 1', '-0', '🫖', '\\', '\u0000'],
]
const nasty = pieces.flatMap((piece) =>
  ['', '"', '!', '@', ' 500'].map((end) => piece.repeat(100_000 / piece.length) + end),
)

describe('a nasty text of 100 kB', () => {
  it('costs no more than its first part, which is all that is looked at', () => {
    for (const text of nasty) {
      const counted = countedText(text)
      foldCause(counted.text)
      expect(counted.longestRead()).toBeLessThanOrEqual(1_200)
    }
  })

  it('and each of its parts as long as what is looked at is folded within a bounded number of steps', () => {
    // A pattern that tries everything would need 2^1,200 steps, and this test would never end.
    for (const text of nasty) for (let length = 1_150; length <= 1_200; length += 25) foldCause(text.slice(0, length))
  })
})

/** A text that tells how much of it was read. */
function countedText(text: string): { text: string; longestRead: () => number } {
  let longest = 0
  const counted = Object.assign(Object(text), {
    slice: (from: number, to: number) => {
      longest = Math.max(longest, to - from)
      return text.slice(from, to)
    },
    replace: () => {
      throw new Error('the whole text was looked at')
    },
  })
  return { text: counted as string, longestRead: () => longest }
}
