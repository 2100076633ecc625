import { describe, expect, it } from 'vitest'
import { isOwnProxy } from '@/lib/client-address'

describe('what is said of a client’s address', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '172.20.0.5', '192.168.1.1', 'fd00::1'])(
    'is believed of a proxy of one’s own: %s',
    (peer) => {
      expect(isOwnProxy(peer)).toBe(true)
    },
  )

  it.each(['203.0.113.9', '172.32.0.1', '::ffff:203.0.113.9', '2001:db8::1'])(
    'is not believed of a stranger: %s',
    (peer) => {
      expect(isOwnProxy(peer)).toBe(false)
    },
  )
})
