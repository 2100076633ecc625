import { Check, Circle, Minus } from 'lucide-react'
import { Instant } from '@/app/_ui/instant'
import type { OnboardingStage } from '@/lib/onboarding/read-onboarding'

const words = { done: 'Sent', next: 'Next', later: 'Later', skipped: 'Not sent' }

/** The first four days, a line for each letter. */
export function FirstDays({ stages, timeZone }: { stages: OnboardingStage[]; timeZone: string }) {
  return (
    <section className="flex flex-col gap-3" aria-labelledby="first-days">
      <h2 id="first-days" className="text-16 font-semibold">
        Your first days
      </h2>
      <ol className="flex flex-col border-t border-line">
        {stages.map(({ title, state, at }) => (
          <li key={title} className="flex min-h-11 items-center gap-3 border-b border-line py-2">
            <Mark state={state} />
            <span className={state === 'done' || state === 'next' ? 'flex-1' : 'flex-1 text-quiet'}>{title}</span>
            <span className="text-13 text-quiet">{words[state]}</span>
            <span className="text-13 text-quiet">
              <Instant at={at} timeZone={timeZone} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Mark({ state }: { state: OnboardingStage['state'] }) {
  const Icon = state === 'done' ? Check : state === 'skipped' ? Minus : Circle
  const look = state === 'done' ? 'text-completed' : state === 'next' ? 'text-accent' : 'text-line-strong'
  return <Icon aria-hidden className={`shrink-0 ${look}`} size={16} strokeWidth={1.5} />
}
