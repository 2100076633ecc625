import { Inngest } from 'inngest'
import { serve } from 'inngest/edge'
import { openDoors } from '../door-server'
import { workloadFunctions } from './functions'

/** The workload as an app of its own beside the product, on the same engine: the SDK and nothing else. */
const quiet = { info() {}, warn() {}, error() {}, debug() {} }
const client = new Inngest({ id: 'workload', isDev: false, logger: quiet })
const handler = serve({
  client,
  functions: workloadFunctions(client),
  serveOrigin: `http://127.0.0.1:${process.env.PORT}`,
  servePath: '/api/inngest',
})

openDoors({
  'GET /health': async () => new Response('OK'),
  'POST /api/inngest': handler,
  'PUT /api/inngest': handler,
})
