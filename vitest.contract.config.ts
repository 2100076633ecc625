import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config'

/** The contract alone, against our engine or the server at INNGEST_SERVER_URL. */
export default mergeConfig(base, defineConfig({ test: { include: ['test/contract/**/*.test.ts'] } }))
