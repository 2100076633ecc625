import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** `npm run e2e`: the built app, as `npm start` serves it, from its first start to every page in a browser. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/e2e/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/support/client.ts', 'test/support/build.ts', 'test/support/postgres.ts'],
  },
})
