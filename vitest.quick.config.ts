import base from './vitest.config'
export default { ...base, test: { ...(base as any).test, globalSetup: ['test/support/postgres.ts'] } }
