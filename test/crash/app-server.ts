import { POST as signUp } from '@/app/api/accounts/route'
import { GET as health } from '@/app/api/health/route'
import * as inngest from '@/app/api/inngest/route'
import { startProcess } from '@/instrumentation-node'
import { openDoors } from './door-server'

/** The product without its pages: its own doors, and all that its processes do besides. */
await startProcess()
openDoors({
  'POST /api/accounts': signUp,
  'GET /api/health': health,
  'POST /api/inngest': (request) => inngest.POST(request as never, {}),
  'PUT /api/inngest': (request) => inngest.PUT(request as never, {} as never),
})
