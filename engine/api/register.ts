import { z } from 'zod'
import { type Registration, sync } from '../loop/operations/sync'
import { ConfigurationError } from '../model/function'
import { holdsNul } from '../model/json'
import { checked } from './body'
import type { Route } from './exchange'
import { Problem } from './problem'
import { plainText } from './query'

const MAX_BODY_BYTES = 4 * 1024 * 1024

const registration = z.object({
  appName: plainText,
  url: z
    .url({ protocol: /^https?$/, error: 'url should be an http or https address' })
    .max(2_000, 'url is longer than 2000 characters')
    .refine((url) => !holdsNul(url), 'url holds a NUL character'),
  sdk: plainText.or(z.literal('')).default(''),
  functions: z.array(z.unknown()).max(1_000),
})

/** `POST /fn/register`: an app tells its functions. The SDK reads `status` and `error` in the body alone. */
export const registerRoute: Route = {
  method: 'POST',
  path: '/fn/register',
  answer: async ({ engine, text }) => {
    const wanted: Registration = checked(registration, await text(MAX_BODY_BYTES))
    const { modified } = await engine.lane.submit(readSync(engine.world, wanted))
    engine.appIsBack(wanted.appName)
    engine.dispatcher.pump()
    if (modified) engine.log.info({ appId: wanted.appName, functions: wanted.functions.length }, 'app registered')
    return { status: 200, body: { ok: true, status: 200, modified } }
  },
}

function readSync(world: Parameters<typeof sync>[0], wanted: Registration): ReturnType<typeof sync> {
  try {
    return sync(world, wanted)
  } catch (error) {
    if (error instanceof ConfigurationError) throw new Problem(400, error.message)
    throw error
  }
}
