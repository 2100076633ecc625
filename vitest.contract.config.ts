import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** The contract alone, against our engine or the server at INNGEST_SERVER_URL. */
export default defineConfig({ ...base, test: { ...base.test, include: ['test/contract/**/*.test.ts'] } })
