'use client'

import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { useAct } from '@/app/_ui/use-act'
import { move } from './actions'

/** Moves time on. It can take a while: all that comes due on the way is done first. */
export function MoveButtons({ hasNext }: { hasNext: boolean }) {
  const { run, isPending, problem } = useAct(move)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2" aria-busy={isPending}>
        <Button size="small" disabled={isPending || !hasNext} onClick={() => run({ by: 'next' })}>
          To the next timer
        </Button>
        <Button size="small" look="quiet" disabled={isPending} onClick={() => run({ by: '1h' })}>
          An hour on
        </Button>
        <Button size="small" look="quiet" disabled={isPending} onClick={() => run({ by: '1d' })}>
          A day on
        </Button>
      </div>
      <p className="min-h-5 text-quiet" role="status">
        {isPending ? 'Time moves; what comes due on the way is done first…' : ''}
      </p>
      {problem ? <Notice kind="bad">{problem.message}</Notice> : null}
    </div>
  )
}
