import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readPrivateJson, writePrivateJson } from './private-file'

/** What local mode makes once, so that everything is signed as in production and nobody has to set anything. */
export type Secrets = { sessionSecret: string; eventKey: string; signingKey: string; demoPassword: string }

/** The secrets of a data folder, made at the first start. */
export function readSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  const known = readPrivateJson<Secrets>(path)
  if (known) return known
  const hex = () => randomBytes(32).toString('hex')
  const secrets = {
    sessionSecret: hex(),
    eventKey: hex(),
    signingKey: `signkey-local-${hex()}`,
    demoPassword: demoPassword(),
  }
  writePrivateJson(path, secrets)
  return secrets
}

/** Ten groups' worth of chance, yet short enough to be typed. */
function demoPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = Array.from(randomBytes(15), (byte) => alphabet[byte % alphabet.length])
  return [letters.slice(0, 5), letters.slice(5, 10), letters.slice(10)].map((group) => group.join('')).join('-')
}
