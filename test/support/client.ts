import { ensureClient } from '../../local/build'

/** Where an install ran no scripts, or the schema has changed since, the database client is made before any test asks for it. */
export default function setup(): void {
  ensureClient()
}
