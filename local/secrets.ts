import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readPrivateJson, writePrivateJson } from './private-file'

/** What local mode makes once, so that everything is signed as in production and nobody has to set anything. */
export type Secrets = {
  sessionSecret: string
  eventKey: string
  signingKey: string
  /** What the payment sandbox signs its events with. */
  webhookSecret: string
  demoPassword: string
}

/** The secrets of a data folder, made at the first start; what an older one lacks is made, too. */
export function readSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  const known = readPrivateJson<Partial<Secrets>>(path)
  const secrets = { ...newSecrets(), ...known }
  if (Object.keys(secrets).length > Object.keys(known ?? {}).length) writePrivateJson(path, secrets)
  return secrets
}

function newSecrets(): Secrets {
  const hex = () => randomBytes(32).toString('hex')
  return {
    sessionSecret: hex(),
    eventKey: hex(),
    signingKey: `signkey-local-${hex()}`,
    webhookSecret: `whsec_${hex()}`,
    demoPassword: demoPassword(),
  }
}

/** Ten groups' worth of chance, yet short enough to be typed. */
function demoPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = Array.from(randomBytes(15), (byte) => alphabet[byte % alphabet.length])
  return [letters.slice(0, 5), letters.slice(5, 10), letters.slice(10)].map((group) => group.join('')).join('-')
}
