import { AsTable } from '@/app/_ui/as-table'
import type { RecentTakings } from '@/lib/dashboard/read-takings'
import { formatMoney, shortMoney } from '@/lib/money/format-money'

type Day = RecentTakings['days'][number]
type Shop = { currency: string; timeZone: string }

/** The revenue of seven days, a bar each, from zero; with a line for the same day a week before. */
export function WeekChart({ days, shop }: { days: Day[]; shop: Shop }) {
  const most = Math.max(1, ...days.flatMap(({ revenueMinor, before }) => [revenueMinor, before.revenueMinor]))
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: shop.timeZone })
  const share = (minor: number) => `${(minor / most) * 100}%`
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-16 font-semibold">Revenue of seven days</span>
        <span className="flex items-center gap-2 text-13 text-quiet">
          <span aria-hidden className="w-5 border-t-2 border-dotted border-ink" />a week before
        </span>
      </figcaption>
      <div aria-hidden className="grid grid-cols-7 gap-1.5 border-b border-line-strong pt-5 sm:gap-3">
        {days.map(({ from, revenueMinor, before }, i) => (
          <div key={from.toISOString()} className="relative h-36">
            <div
              className={`absolute inset-x-0 bottom-0 rounded-t-bar ${i === days.length - 1 ? 'bg-line-strong' : 'bg-line'}`}
              style={{ height: share(revenueMinor) }}
            />
            {before.revenueMinor > 0 ? (
              <span
                className="absolute inset-x-0 border-t-2 border-dotted border-ink"
                style={{ bottom: share(before.revenueMinor) }}
              />
            ) : null}
            {revenueMinor > 0 ? (
              <span
                className="absolute inset-x-0 mb-0.5 flex justify-center text-12 whitespace-nowrap tabular-nums"
                style={{ bottom: share(revenueMinor) }}
              >
                <span className="bg-paper px-1">{shortMoney(revenueMinor, shop.currency)}</span>
              </span>
            ) : null}
          </div>
        ))}
      </div>
      <div aria-hidden className="grid grid-cols-7 gap-1.5 text-center text-12 text-quiet sm:gap-3">
        {days.map(({ from }, i) => (
          <span key={from.toISOString()} className={i === days.length - 1 ? 'font-medium text-ink' : ''}>
            {i === days.length - 1 ? 'Today' : weekday.format(from)}
          </span>
        ))}
      </div>
      <DaysTable days={days} shop={shop} />
    </figure>
  )
}

/** The same to read. */
function DaysTable({ days, shop: { currency, timeZone } }: { days: Day[]; shop: Shop }) {
  const date = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone })
  const lines = days.map(({ from, orders, revenueMinor, before }) => ({
    ...{ key: from.toISOString(), name: date.format(from) },
    values: [String(orders), formatMoney(revenueMinor, currency), formatMoney(before.revenueMinor, currency)],
  }))
  return <AsTable head={['Day', 'Orders', 'Revenue', 'A week before']} lines={lines} />
}
