import { z } from 'zod'
import { signalled } from '../loop/operations/signalled'
import { signalName } from '../model/signal'
import { checked } from './body'
import { single } from './envelope'
import type { Route } from './exchange'
import { Problem } from './problem'

const MAX_BODY_BYTES = 4 * 1024 * 1024

const signal = z.object({ signal: signalName, data: z.unknown().optional() })

/** `POST /v1/signals`: lets the one run that waits for a signal go on. The SDK takes a 404 as "nobody waited". */
export const signalRoute: Route = {
  method: 'POST',
  path: '/v1/signals',
  answer: async ({ engine, text }) => {
    const { signal: name, data } = checked(signal, await text(MAX_BODY_BYTES))
    const runId = await engine.lane.submit(signalled(engine.world, name, data))
    if (runId === undefined) throw new Problem(404, 'no run waits for this signal')
    return single(engine, { run_id: runId })
  },
}
