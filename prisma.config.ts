import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

const here = path.dirname(fileURLToPath(import.meta.url))

/**
 * Every Prisma command first looks for its schema engine, and downloads it when it is missing. On a network without
 * that download the official WebAssembly build stands in (local/prisma/schema-engine.mjs, a development dependency);
 * `generate`, which only asks that the path exists, is content with Node itself.
 */
function standInForSchemaEngine(): string | undefined {
  const engines = path.join(here, 'node_modules/@prisma/engines')
  const downloaded = existsSync(engines) && readdirSync(engines).some((file) => file.startsWith('schema-engine-'))
  if (downloaded) return undefined
  const wasm = path.join(here, 'node_modules/@prisma/schema-engine-wasm')
  return existsSync(wasm) ? path.join(here, 'local/prisma/schema-engine.mjs') : process.execPath
}

const standIn = standInForSchemaEngine()
if (standIn) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= standIn

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/backroom' },
})
