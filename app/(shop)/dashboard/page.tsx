import type { Metadata } from 'next'
import Link from 'next/link'
import { Button, buttonFace } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { requireActor } from '@/app/guard'
import { shopHref } from '@/app/s/addresses'
import type { Actor } from '@/lib/auth/actor'
import { now } from '@/lib/clock'
import { type FirstSteps, readFirstSteps } from '@/lib/dashboard/read-first-steps'
import { readNeeds } from '@/lib/dashboard/read-needs'
import { readTakings } from '@/lib/dashboard/read-takings'
import { readWork } from '@/lib/dashboard/read-work'
import { namedCurrencies } from '@/lib/money/shop-currencies'
import { readOnboarding } from '@/lib/onboarding/read-onboarding'
import { countLowStock, listProducts } from '@/lib/products/list-products'
import { listRunsOfRecord } from '@/lib/runs/list-runs-of-record'
import { WorkBehindIt } from '../work-behind-it'
import { closeMyAccount, sendVerification } from './actions'
import { CloseAccount } from './close-account'
import { FirstDays } from './first-days'
import { FirstStepsList } from './first-steps'
import { LowStock } from './low-stock'
import { Needs } from './needs'
import { TakingsToday } from './takings'
import { UnderWay } from './under-way'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function DashboardPage() {
  const actor = await requireActor()
  const [steps, needs] = await Promise.all([readFirstSteps(actor), readNeeds(actor, now())])
  return (
    <>
      <Head actor={actor} />
      <Needs needs={needs} />
      {steps.hasOrders ? (
        <TakingsToday takings={await readTakings(actor, now())} shop={actor.account} />
      ) : (
        <FirstStepsList steps={steps} shop={actor.account} currencies={namedCurrencies('en')} />
      )}
      <Standing actor={actor} steps={steps} />
      <Beginning actor={actor} />
      {actor.account.isActive ? <CloseAccount shopName={actor.account.name} close={closeMyAccount} /> : null}
    </>
  )
}

function Head({ actor: { account, email, emailVerified } }: { actor: Actor }) {
  const { name, slug, timeZone, isActive } = account
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone })
  return (
    <div className="flex flex-col gap-6">
      <section className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-2">
          <h1 className="text-28 font-semibold break-words">{name}</h1>
          <p className="text-quiet">
            {day.format(now())}, in {timeZone.replaceAll('_', ' ')}
          </p>
        </div>
        <Link href={shopHref(slug)} prefetch={false} className={buttonFace({ look: 'quiet' })}>
          See the shop
        </Link>
      </section>
      {isActive ? null : <Notice kind="bad">This account is closed. No more letters go out for it.</Notice>}
      {emailVerified ? null : (
        <section className="flex flex-wrap items-center justify-between gap-3 border-y border-line py-4">
          <p>
            Please confirm <span className="font-medium">{email}</span> by the link in the letter that we sent.
          </p>
          <form action={sendVerification}>
            <Button type="submit" look="quiet">
              Send it again
            </Button>
          </form>
        </section>
      )}
    </div>
  )
}

/** What is low, and what is being done; nothing of it for a shop that has nothing yet. */
async function Standing({ actor, steps }: { actor: Actor; steps: FirstSteps }) {
  const [work, { products }, lowStock] = await Promise.all([
    readWork(actor),
    listProducts(actor, { show: 'low', sort: 'stock' }),
    countLowStock(actor),
  ])
  if (!steps.hasProducts && work.imports.count === 0) return null
  return (
    <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
      <LowStock products={products} count={lowStock} />
      <UnderWay work={work} />
    </div>
  )
}

/** The letters of the first days, until the last of them is sent. */
async function Beginning({ actor }: { actor: Actor }) {
  const [stages, runs] = await Promise.all([readOnboarding(actor), listRunsOfRecord(actor, `user/${actor.userId}`)])
  if (stages.every(({ state }) => state === 'done' || state === 'skipped')) return null
  return (
    <>
      <FirstDays stages={stages} timeZone={actor.account.timeZone} />
      <WorkBehindIt runs={runs} now={now()} timeZone={actor.account.timeZone} linked={actor.isOperator} />
    </>
  )
}
