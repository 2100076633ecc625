import { z } from 'zod'

const error = z.looseObject({ name: z.string().catch('Error'), message: z.string().catch('Unknown error') })

/** One op of an answer or a checkpoint; what the SDK adds of its own internals is dropped here. */
export const opSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{40}$/, 'an op id should be 40 hex digits'),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: error.nullish(),
  metadata: z
    .array(z.looseObject({ kind: z.string() }))
    .nullish()
    .catch(null),
})

export type Op = z.infer<typeof opSchema>

/** Ops that a checkpoint may carry. */
export const checkpointOps: ReadonlySet<string> = new Set(['StepRun', 'Step', 'StepPlanned'])

export function labelOf(op: Op): string {
  return (op.displayName ?? op.name ?? op.id).replaceAll('\u0000', '')
}

/** Kinds of metadata that a function sets. All others are what the SDK observes by itself, and dropped like its timings. */
const ownKind = /^userland\.|^inngest\.score$/

/** Whether an op brings metadata that its function has set, which a step may do of itself. */
export function setsMetadata({ metadata }: Op): boolean {
  return metadata?.some(({ kind }) => ownKind.test(kind)) ?? false
}
