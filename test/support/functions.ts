import { type RegisteredFunction, readFunctionConfig } from '@/engine/model/function'
import { uuidOf } from '@/engine/model/ids'

/** A registered function for tests of pure rules. */
export function registered(config: Record<string, unknown> & { id: string }): RegisteredFunction {
  const url = `http://127.0.0.1/api/inngest?fnId=${config.id}&stepId=step`
  const steps = { step: { id: 'step', name: 'step', runtime: { type: 'http', url } } }
  const raw = { triggers: [{ event: 'test/event' }], steps, ...config }
  return {
    id: config.id,
    appId: 'app',
    uuid: uuidOf(config.id),
    config: readFunctionConfig(raw),
    raw,
    isActive: true,
  }
}
