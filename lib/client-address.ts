import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'

/** Where a proxy of one's own may stand: this machine, or a private network. */
const own = new BlockList()
own.addSubnet('127.0.0.0', 8)
own.addSubnet('10.0.0.0', 8)
own.addSubnet('172.16.0.0', 12)
own.addSubnet('192.168.0.0', 16)
own.addAddress('::1', 'ipv6')
own.addSubnet('fc00::', 7, 'ipv6')

/** Whether what this peer says of the client's address is believed. */
export function isOwnProxy(peer: string): boolean {
  const plain = peer.replace(/^::ffff:/, '')
  return own.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}

/**
 * Makes `x-forwarded-for` true before anybody reads it: a client that connects from the outside world without a proxy
 * could else choose its address anew for each request, and no limit by address would hold.
 */
export function trustSocketAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request?: IncomingMessage }
    const peer = request?.socket.remoteAddress
    if (request && peer && !isOwnProxy(peer)) request.headers['x-forwarded-for'] = peer
  })
}
