import Link from 'next/link'
import { countWords } from '@/app/_ui/words'
import type { RecentTakings } from '@/lib/dashboard/read-takings'
import { formatMoney } from '@/lib/money/format-money'
import { ordersHref } from '../orders/addresses'
import { WeekChart } from './week-chart'

type Shop = { currency: string; timeZone: string }

/** Today, beside as much of the same day a week before; and the week. */
export function TakingsToday({ takings, shop }: { takings: RecentTakings; shop: Shop }) {
  const { today, weekAgo, days } = takings
  const money = (minor: number) => formatMoney(minor, shop.currency)
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: shop.timeZone }).format(weekAgo.from)
  return (
    <section aria-labelledby="today" className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="flex flex-col gap-5">
        <h2 id="today" className="text-16 font-semibold">
          Today
        </h2>
        <dl className="grid grid-cols-2 gap-6 lg:grid-cols-1">
          <Figure
            name="Orders"
            value={countWords(today.orders)}
            href={ordersHref({})}
            beside={`${countWords(weekAgo.orders)} by this time last ${weekday}`}
          />
          <Figure
            name="Revenue"
            value={money(today.revenueMinor)}
            href={ordersHref({ status: 'confirmed' })}
            beside={`${money(weekAgo.revenueMinor)} by this time last ${weekday}`}
          />
        </dl>
      </div>
      <WeekChart days={days} shop={shop} />
    </section>
  )
}

function Figure({ name, value, href, beside }: { name: string; value: string; href: string; beside: string }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-quiet">{name}</dt>
      <dd>
        <Link href={href} prefetch={false} className="inline-block py-1 text-28 font-semibold hover:underline">
          {value}
        </Link>
      </dd>
      <dd className="text-13 text-quiet">{beside}</dd>
    </div>
  )
}
