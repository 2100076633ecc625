'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { functions } from '@/inngest'
import { triggersOf } from '@/inngest/triggers'
import { discardDeadLetter } from '@/lib/dead-letters/discard-dead-letter'
import { type ReplayAnswer, replayDeadLetter, replayGroup } from '@/lib/dead-letters/replay-dead-letters'
import { several } from '../../_ui/words'

const letter = z.object({ letterId: z.string() })

export const replay = operatorAct(letter, async (actor, { letterId }) => told(await replayDeadLetter(actor, letterId)))

const edited = letter.extend({ functionId: z.string(), data: z.string('Give the data as JSON.') })

export const replayEdited = operatorAct(edited, async (actor, { letterId, functionId, data }) =>
  told(await replayDeadLetter(actor, letterId, { data, eventNames: eventNamesOf(functionId) })),
)

export const replayAll = operatorAct(z.object({ groupId: z.string() }), async (actor, { groupId }) =>
  told(await replayGroup(actor, groupId)),
)

export const discard = operatorAct(
  letter.extend({ reason: z.string('Say why.') }),
  async (actor, { letterId, reason }) => {
    const answer = await discardDeadLetter(actor, letterId, reason)
    return answer.ok ? { ok: true, message: 'The letter is discarded.' } : answer
  },
)

function told(answer: ReplayAnswer) {
  return answer.ok ? { ok: true as const, message: `${several(answer.replays, 'replay')} asked for.` } : answer
}

/** The events that start a function: what an edited payload must fit where its run was invoked. */
function eventNamesOf(functionId: string): string[] {
  const fn = functions.find((each) => each.id() === functionId)
  return fn ? triggersOf(fn).flatMap(({ event }) => (event ? [event] : [])) : []
}
