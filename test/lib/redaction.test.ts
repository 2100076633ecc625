import { describe, expect, it } from 'vitest'
import { cutText, REDACTED, redact, redactText } from '@/lib/redaction'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

describe('fields by their names', () => {
  it.each([
    ...['password', 'newPassword', 'password_confirmation_password', 'passwd', 'passphrase', 'pwd', 'PASSWORD'],
    ...['token', 'accessToken', 'access_token', 'refresh-token', 'csrfToken', 'tokens', 'jwt'],
    ...['secret', 'clientSecret', 'client_secret', 'SESSION_SECRET', 'secrets'],
    ...['apiKey', 'api_key', 'X-Api-Key', 'privateKey', 'signingKey', 'INNGEST_EVENT_KEY', 'secretAccessKey'],
    ...['authorization', 'Authorization', 'cookie', 'Set-Cookie', 'sessionId', 'credentials'],
    ...['cvc', 'cvv', 'cardNumber', 'card_number', 'pan', 'iban', 'pin', 'otp', 'ssn'],
  ])('%s is never shown', (name) => {
    expect(redact({ [name]: 'abc', other: 'abc' })).toEqual({ [name]: REDACTED, other: 'abc' })
  })

  it.each([
    'email',
    'name',
    'description',
    'tokenId',
    'maxTokenCount',
    'pinned',
    'spinner',
    'keyboard',
    'panel',
    'key',
  ])('%s is shown', (name) => expect(redact({ [name]: 'abc' })).toEqual({ [name]: 'abc' }))

  it('are looked for at every depth, and in lists', () => {
    const value = { a: [{ b: { password: 'x', c: 1 } }], cookies: ['a=1', 'b=2'], backup: { tokens: ['q', 'r'] } }
    const shown = { a: [{ b: { password: REDACTED, c: 1 } }], cookies: REDACTED, backup: { tokens: REDACTED } }
    expect(redact(value)).toEqual(shown)
  })

  it('say that something is set or not, and how many tokens were used', () => {
    const value = { hasPassword: true, password: null, token: '', secret: false, tokens: 120 }
    expect(redact(value)).toEqual(value)
  })

  it('redact numbers too, and tell of an object by its own fields', () => {
    expect(redact({ pin: 1234, token: { kind: 'reset', value: 'v', secret: 's' } })).toEqual({
      pin: REDACTED,
      token: { kind: 'reset', value: 'v', secret: REDACTED },
    })
  })
})

describe('secrets within texts', () => {
  it.each([
    ['Authorization: Bearer abcdef.123456', 'Authorization: Bearer [redacted]'],
    ['basic dXNlcjpwYXNz', 'basic [redacted]'],
    [`the JWT ${jwt} is old`, 'the JWT [redacted] is old'],
    ['signkey-prod-0123456789abcdef', '[redacted]'],
    ['bad key sk_live_abcdefgh1234!', 'bad key [redacted]!'],
    ['pk_test_abcdefgh1234, rk_live_abcdefgh1234', '[redacted], [redacted]'],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', '[redacted]'],
    ['re_123AbcDe_4567890abcdefghijk', '[redacted]'],
    ['GET https://shop.test/reset?token=abc123&lang=de', 'GET https://shop.test/reset?token=[redacted]&lang=de'],
    ['/x?access_token=abc#top', '/x?access_token=[redacted]#top'],
    ['/x?a=1&X-Amz-Signature=abc&key=k1', '/x?a=1&X-Amz-Signature=[redacted]&key=[redacted]'],
    ['/x?code=123456', '/x?code=[redacted]'],
    ['/x?country_code=de&sort_key=name', '/x?country_code=de&sort_key=name'],
    ['postgres://ann:hunter2@db:5432/shop', 'postgres://ann:[redacted]@db:5432/shop'],
    ['postgres://ann:p@ss:word@db/shop', 'postgres://ann:[redacted]@db/shop'],
    ['redis://:hunter2@cache', 'redis://:[redacted]@cache'],
    ['see http://db:5432/a and ask a@b.test', 'see http://db:5432/a and ask a@b.test'],
    ['host=db user=ann password=hunter2 port=1', 'host=db user=ann password=[redacted] port=1'],
    ['refused: {"user":"ann","password":"hunter2"}', 'refused: {"user":"ann","password":"[redacted]"}'],
    ['"{\\"api_key\\": \\"hunter2\\"}"', '"{\\"api_key\\": \\"[redacted]\\"}"'],
    ["{ clientSecret: 'x', 'client_secret': 'y' }", "{ clientSecret: 'x', 'client_secret': '[redacted]' }"],
    ['a re_engagement_reminder went out', 'a re_engagement_reminder went out'],
    ['the token is old', 'the token is old'],
  ])('%s', (text, shown) => expect(redactText(text)).toBe(shown))

  it('go with a private key to its end, or to the text’s', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----'
    expect(redactText(`a ${key} b`)).toBe('a [redacted] b')
    expect(redactText(`a ${key.slice(0, 40)}`)).toBe('a [redacted]')
  })

  it('are found in an error’s message, its stack and its causes', () => {
    const cause = Object.assign(new Error('at https://x.test/?token=abc'), { code: 'E1' })
    const shown = JSON.stringify(redact({ error: new TypeError('Bearer abcdefgh12', { cause }) }))
    expect(shown).toContain('TypeError')
    expect(shown).toContain('E1')
    expect(shown).not.toMatch(/abc/)
  })

  it('are found in the names of fields as well as in what they hold', () => {
    expect(JSON.stringify(redact({ list: [`x ${jwt}`] }))).toBe('{"list":["x [redacted]"]}')
  })
})

describe('card numbers', () => {
  it.each([
    ['4242424242424242', REDACTED],
    ['card 4242 4242 4242 4242.', 'card [redacted].'],
    ['4242-4242-4242-4242', REDACTED],
    ['4242 4242 4242 4242 12 27', '[redacted] 12 27'],
    ['order 17 4242 4242 4242 4242', 'order 17 [redacted]'],
    ['378282246310005 and 5555555555554444', '[redacted] and [redacted]'],
    ['no:4242424242424242;', 'no:[redacted];'],
    ['4242424242424241', '4242424242424241'],
    ['phone +49 30 1234567', 'phone +49 30 1234567'],
    ['2026-11-24 22:50:44 2026-11-24', '2026-11-24 22:50:44 2026-11-24'],
    ['a4242424242424242', 'a4242424242424242'],
    ['0.4242424242424242', '0.4242424242424242'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['1795493168639', '1795493168639'],
  ])('%s', (text, shown) => expect(redactText(text)).toBe(shown))

  it('are found where they are numbers', () => {
    expect(redact({ a: 4242424242424242, b: 4242424242424241, c: 1795493168639, d: 42n })).toEqual({
      a: REDACTED,
      b: 4242424242424241,
      c: 1795493168639,
      d: '42',
    })
    expect(redact([4242424242424242n])).toEqual([REDACTED])
  })
})

describe('whatever is handed in', () => {
  it('becomes what JSON makes of it', () => {
    const values = [
      ...[undefined, null, true, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 'x', Symbol('s'), () => 1],
      ...[
        new Date(0),
        new Date(Number.NaN),
        new Map([[1, 2]]),
        new Set([1]),
        /x/,
        Buffer.from('ab'),
        Object.create(null),
      ],
      { a: undefined, b: () => 1, c: [undefined, () => 1], d: { toJSON: () => ({ password: 'x', n: 1 }) } },
    ]
    const shown = JSON.parse(JSON.stringify(values).replace('"password":"x"', '"password":"[redacted]"'))
    expect(redact(values)).toEqual(shown)
  })

  it('is text that PostgreSQL takes: no NUL, no half characters, in names neither', () => {
    expect(redact({ 'a\u0000b': 'c\u0000d', '\ud83d': '\udc00x' })).toEqual({ ab: 'cd', '\ufffd': '\ufffdx' })
  })

  it('never throws', () => {
    const broken = {
      get bad() {
        throw new Error('no')
      },
      good: 1,
      json: {
        toJSON() {
          throw new Error('no')
        },
      },
    }
    expect(redact(broken)).toEqual({ bad: '[unreadable]', good: 1, json: '[unreadable]' })
    const refuse = () => {
      throw new Error('no')
    }
    const proxy = new Proxy({}, { ownKeys: refuse, getPrototypeOf: refuse, has: refuse, get: refuse })
    expect(redact({ proxy })).toEqual({ proxy: '[unreadable]' })
    const { proxy: revoked, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(redact([revoked, 1])).toEqual(['[unreadable]', 1])
    const error = new Error('x')
    Object.defineProperty(error, 'message', { get: refuse })
    expect(redact(error)).toBe('[unreadable]')
  })

  it('may be a ring', () => {
    const ring: Record<string, unknown> = { name: 'ring' }
    ring.self = ring
    ring.list = [ring, ring]
    expect(JSON.stringify(redact(ring, 1_000)).length).toBeLessThan(100_000)
    const error = new Error('ring')
    error.cause = error
    expect(JSON.stringify(redact(error))).toContain('[left out]')
  })

  it('keeps a field that is called __proto__, as a field', () => {
    const shown = redact(JSON.parse('{"__proto__":{"password":"x"},"a":1}'))
    expect(JSON.stringify(shown)).toBe('{"__proto__":{"password":"[redacted]"},"a":1}')
  })

  it('is left out beyond so many parts', () => {
    expect(redact([1, 2, 3, 4], 3)).toEqual([1, 2, '[left out]'])
    expect(JSON.stringify(redact(Array.from({ length: 5_000_000 }).fill('abc'), 10_000)).length).toBeLessThan(100_000)
  })

  it.each([
    ['one long word', 'a'.repeat(1_000_000)],
    ['a million dots', 'a.'.repeat(500_000)],
    ['many schemes', 'a://'.repeat(250_000)],
    ['many users', 'a://b:c'.repeat(150_000)],
    ['many half tokens', '-eyJ'.repeat(250_000)],
    ['many keys', 'signkey-'.repeat(125_000)],
    ['many names', 'password '.repeat(110_000)],
    ['many questions', '?&#;'.repeat(250_000)],
    ['many dashes', 'a-'.repeat(500_000)],
    ['digits', '4'.repeat(1_000_000)],
    ['grouped digits', '4 '.repeat(500_000)],
    ['spaces', `Bearer${' '.repeat(1_000_000)}`],
    ['begun keys', '-----BEGIN '.repeat(90_000)],
    ['begun private keys', '-----BEGIN PRIVATE KEY-----'.repeat(40_000)],
    ['webhook secrets', 'whsec_+'.repeat(140_000)],
  ])('is looked at once, however it is made: %s', (_, text) => {
    // A pattern that goes back again and again would still be at it when the test's time is over.
    expect(redactText(text).length).toBeGreaterThan(0)
  })
})

describe('a text that is cut', () => {
  it('never ends in half a character', () => {
    expect(cutText('ab😀', 3)).toBe('ab\ufffd')
    expect(cutText('ab😀', 4)).toBe('ab😀')
  })
})
