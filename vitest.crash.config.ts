import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The long crash test, `npm run crash`. It brings its own database. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: { include: ['test/crash/long/**/*.test.ts'], env: { LOG_LEVEL: 'silent' } },
})
