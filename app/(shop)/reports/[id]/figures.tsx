import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import { countWords } from '@/app/_ui/words'
import { formatMoney } from '@/lib/money/format-money'
import type { WholeReport } from '@/lib/reports/find-report'
import { changeOf, typeWords } from '../words'

type Beside = { now: number | null; before: number | null }

/** The figures of the period, each with how it differs from that of the period before. */
export function FigureList({ report: { type, figures, currency } }: { report: WholeReport }) {
  const money = (minor: number) => formatMoney(minor, currency)
  const before = typeWords[type].before
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-6 sm:grid-cols-3 lg:grid-cols-5 print:grid-cols-5">
      <Figure name="Orders" of={figures.orders} words={countWords} before={before} />
      <Figure name="Revenue" of={figures.revenueMinor} words={money} before={before} />
      <Figure name="Given back" of={figures.refundedMinor} words={money} before={before} />
      <Figure name="Average order" of={figures.averageOrderMinor} words={money} before={before} />
      <Figure name="New customers" of={figures.newCustomers} words={countWords} before={before} />
    </dl>
  )
}

const icons = { up: ArrowUp, down: ArrowDown, same: Equal }

function Figure({
  name,
  of: { now, before },
  words,
  before: beforeName,
}: {
  name: string
  of: Beside
  words: (value: number) => string
  before: string
}) {
  const change = changeOf(now, before, words)
  const Icon = change ? icons[change.direction] : null
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-quiet">{name}</dt>
      <dd className="text-20 font-semibold break-words">{now === null ? '–' : words(now)}</dd>
      {change && Icon ? (
        <dd className="flex items-start gap-1 text-13">
          <Icon aria-hidden className="mt-0.75 shrink-0" size={14} strokeWidth={1.5} />
          {change.words}
        </dd>
      ) : null}
      <dd className="text-13 text-quiet">
        {before === null ? `None ${beforeName}` : `${words(before)} ${beforeName}`}
      </dd>
    </div>
  )
}
