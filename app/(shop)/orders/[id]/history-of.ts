import { type StatusWord, stepStatusWord } from '@/app/_ui/status'
import { several } from '@/app/_ui/words'
import type { WholeOrder } from '@/lib/orders/find-order'
import { functionWords } from '../../work-behind-it'
import { statusName } from '../words'

/** A thing that has happened to an order; a step of the work for it has a state of its own. */
export type Happening = { key: string; at: Date; words: string; mark?: StatusWord; note?: string }

type Told = Pick<
  WholeOrder,
  'status' | 'customerName' | 'createdAt' | 'placedAt' | 'confirmedAt' | 'cancelRequestedAt' | 'endedAt' | 'work'
>

/** What an order's row tells and what its runs have done, step by step, as it happened. Pure. */
export function historyOf(order: Told): Happening[] {
  // What a run waits for is no news of the order.
  const steps = order.work.steps.filter(({ kind }) => kind !== 'sleep').map(stepHappening)
  return [...facts(order), ...steps].sort((a, b) => a.at.getTime() - b.at.getTime())
}

function facts(order: Told): Happening[] {
  const { customerName, createdAt, placedAt, confirmedAt, cancelRequestedAt, endedAt, status } = order
  const fact = (at: Date | null, words: string) => (at ? [{ key: words, at, words }] : [])
  return [
    ...fact(createdAt, `Ordered by ${customerName}`),
    ...fact(placedAt, 'A card was given'),
    ...fact(confirmedAt, 'Paid'),
    ...fact(cancelRequestedAt, 'Cancelling was asked for'),
    ...fact(endedAt, statusName(status)),
  ]
}

function stepHappening(step: Told['work']['steps'][number]): Happening {
  const { id, name, functionId, status, isLeftOpen, failedAttempts, foundAt, startedAt, endedAt } = step
  const isSettling = name.startsWith('settle-payment-')
  return {
    key: `${functionId} ${id}`,
    at: endedAt ?? startedAt ?? foundAt,
    mark: stepStatusWord(status, isLeftOpen),
    words: functionWords(isSettling ? 'settle-payment' : name),
    ...(failedAttempts > 0 ? { note: `${several(failedAttempts, 'attempt')} failed` } : {}),
  }
}
