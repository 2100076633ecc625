import { POST as signUp } from '@/app/api/accounts/route'
import { GET as health } from '@/app/api/health/route'
import * as inngest from '@/app/api/inngest/route'
import { POST as cancel } from '@/app/api/orders/[publicId]/cancel/route'
import { GET as comeBack } from '@/app/api/orders/[publicId]/return/route'
import { POST as order } from '@/app/api/orders/route'
import { POST as webhook } from '@/app/api/webhooks/stripe/route'
import { startProcess } from '@/instrumentation-node'
import { openDoors } from './door-server'

/** The product without its pages: its own doors, and all that its processes do besides. */
await startProcess()
openDoors({
  'POST /api/accounts': signUp,
  'GET /api/health': health,
  'POST /api/orders': order,
  'GET /api/orders/*/return': comeBack,
  'POST /api/orders/*/cancel': cancel,
  'POST /api/webhooks/stripe': webhook,
  'POST /api/inngest': (request) => inngest.POST(request as never, {}),
  'PUT /api/inngest': (request) => inngest.PUT(request as never, {} as never),
})
