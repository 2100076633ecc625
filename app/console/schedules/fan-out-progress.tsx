import Link from 'next/link'
import { Since } from '@/app/_ui/instant'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { countWords } from '@/app/_ui/words'
import type { ScheduleRun } from '@/lib/schedules/read-schedules'

/** How far a fan-out has come, or came the last time: accounts done of all. */
export function FanOutProgress({ run, now, timeZone }: { run: ScheduleRun; now: Date; timeZone: string }) {
  if (!run.progress) return null
  const { percent, step, totalSteps } = run.progress
  return (
    <div className="flex flex-col gap-1">
      <ProgressBar
        label="Accounts asked for"
        percent={percent}
        words={`${countWords(step)} of ${countWords(totalSteps)} accounts`}
      />
      <p className="text-12 text-quiet">
        <Link href={`/console/runs/${run.id}`} className="underline underline-offset-2 hover:text-ink">
          {run.isByHand ? 'The run by hand' : 'The tick'}
        </Link>{' '}
        of <Since at={run.queuedAt} now={now} timeZone={timeZone} />
      </p>
    </div>
  )
}
