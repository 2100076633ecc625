import { ArrowDown, ArrowUp } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { Button } from '@/app/_ui/button'
import type { ImageOperation } from '@/lib/events'

export type Choice = { operation: ImageOperation; isChosen: boolean }

/** What is done where nothing else was chosen. */
export const usual: Choice[] = (['resize', 'compress', 'watermark'] as const).map((operation) => ({
  operation,
  isChosen: true,
}))

export const chosenOf = (choices: Choice[]): ImageOperation[] =>
  choices.flatMap(({ operation, isChosen }) => (isChosen ? [operation] : []))

const words: Record<ImageOperation, { name: string; does: string }> = {
  resize: { name: 'Resize', does: '320, 960 and 1600 pixels wide' },
  compress: { name: 'Compress', does: 'smaller files, with a little loss' },
  watermark: { name: 'Watermark', does: 'the shop’s name in a corner' },
}

/** What is done to the pictures, and in which order. */
export function OperationsChoice({ choices, onChange }: { choices: Choice[]; onChange: (next: Choice[]) => void }) {
  const names = chosenOf(choices).map((operation) => words[operation].name.toLowerCase())
  const move = (from: number, to: number) => onChange(moved(choices, from, to))
  const choose = (at: number, isChosen: boolean) =>
    onChange(choices.map((each, i) => (i === at ? { ...each, isChosen } : each)))
  return (
    <details className="text-13">
      <summary className="flex min-h-11 cursor-pointer items-center text-quiet sm:min-h-8">
        What is done to them: {names.join(', then ') || 'nothing yet'}
      </summary>
      <ol aria-label="What is done to the pictures, in this order" className="flex flex-col border-t border-line">
        {choices.map(({ operation, isChosen }, at) => (
          <li key={operation} className="flex min-h-11 items-center gap-2 border-b border-line">
            <label className="flex min-h-11 min-w-0 flex-1 items-center gap-2">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={isChosen}
                onChange={(event) => choose(at, event.currentTarget.checked)}
              />
              <span className="min-w-0">
                <span className="font-medium">{words[operation].name}</span>{' '}
                <span className="text-quiet">{words[operation].does}</span>
              </span>
            </label>
            <Move name={`${words[operation].name} earlier`} isOff={at === 0} act={() => move(at, at - 1)}>
              <ArrowUp aria-hidden size={16} strokeWidth={1.5} />
            </Move>
            <Move
              name={`${words[operation].name} later`}
              isOff={at === choices.length - 1}
              act={() => move(at, at + 1)}
            >
              <ArrowDown aria-hidden size={16} strokeWidth={1.5} />
            </Move>
          </li>
        ))}
      </ol>
    </details>
  )
}

/** A button that moves takes the keyboard along, also to the end where it has nothing more to do. */
function Move({ name, isOff, act, children }: { name: string; isOff: boolean; act: () => void; children: ReactNode }) {
  const press = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    if (isOff) return
    act()
    requestAnimationFrame(() => currentTarget.focus())
  }
  return (
    <Button
      look="bare"
      size="small"
      aria-label={name}
      aria-disabled={isOff}
      className="aria-disabled:cursor-not-allowed aria-disabled:opacity-60"
      onClick={press}
    >
      {children}
    </Button>
  )
}

function moved(choices: Choice[], from: number, to: number): Choice[] {
  const next = [...choices]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
