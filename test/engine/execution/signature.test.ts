import { describe, expect, it } from 'vitest'
import { hashedKey, sameText, sign } from '@/engine/execution/signature'

describe('a signature', () => {
  it('is made of the body, the second and the key’s text without its prefix', () => {
    const made = sign('{"a":1}', 'signkey-test-abcdef', 1_767_225_600_999)
    // From: printf '%s' '{"a":1}1767225600' | openssl dgst -sha256 -hmac abcdef
    expect(made).toBe('t=1767225600&s=2cc9dcb84a1d0bb2176376be3df2df5e918a875f91a611e9ad5dbdbe902f600b')
    expect(sign('{"a":1}', 'signkey-prod-abcdef', 1_767_225_600_000)).toBe(made)
    expect(sign('{"a":2}', 'signkey-test-abcdef', 1_767_225_600_000)).not.toBe(made)
  })

  it('goes with a key that is shown only as its hash', () => {
    expect(hashedKey('signkey-test-abcd')).toMatch(/^signkey-test-[0-9a-f]{64}$/)
    expect(hashedKey('signkey-test-abcd')).not.toContain('-abcd')
  })

  it('is compared as a whole', () => {
    expect(sameText('a', 'a')).toBe(true)
    expect(sameText('a', 'ab')).toBe(false)
    expect(sameText('a', 'b')).toBe(false)
    expect(sameText('', 'x')).toBe(false)
    // As many letters, and not as many bytes.
    expect(sameText('é', 'e')).toBe(false)
  })
})
