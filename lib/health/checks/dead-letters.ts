import { listFailedRunsWithoutLetter } from '../../dead-letters/failed-runs-without-letter'
import type { Check, Finding } from '../check'
import { count } from '../words'

type FailedRun = { id: string; functionId: string }

/** What failed runs without a dead letter say, a finding for each function. Pure. */
export function judgeLostFailures(runs: readonly FailedRun[]): Finding[] {
  const functionIds = [...new Set(runs.map(({ functionId }) => functionId))]
  return functionIds.map((functionId) => {
    const failed = runs.filter((run) => run.functionId === functionId)
    return {
      kind: 'failed-run-without-letter',
      subject: functionId,
      message: `${count(failed.length, 'failed run')} of ${functionId} without a dead letter, such as ${failed[0]?.id}.`,
    }
  })
}

/** Whether every run that has failed for good has its dead letter. */
export const deadLettersCheck: Check = {
  id: 'dead-letters',
  kinds: ['failed-run-without-letter'],
  find: async ({ at }) => judgeLostFailures(await listFailedRunsWithoutLetter(at)),
}
