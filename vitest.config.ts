import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** `npm test`: all that needs neither a build nor a browser. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/crash/long/**', 'test/e2e/**', '**/node_modules/**', '**/.next/**'],
    globalSetup: ['test/support/client.ts', 'test/support/postgres.ts'],
    setupFiles: ['test/support/console.ts'],
    env: { LOG_LEVEL: 'silent' },
    // Else each file reads all that it imports anew: that was a quarter of the whole time.
    isolate: false,
    // Only what hangs takes so long, beside others and on a machine that is slow.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes at once on a fast machine; on a slow one it is late, and not wrong.
    expect: { poll: { timeout: 10_000 } },
    // One more than there are cores on a small machine: much of a test is waiting, for the database or a due time. Where a red run
    // costs more than a minute does, as many as there are cores.
    maxWorkers: process.env.CI ? 2 : 3,
    // The contract's cases go on side by side and mostly wait; with 12 at once they take half the time of 5.
    maxConcurrency: 12,
  },
})
