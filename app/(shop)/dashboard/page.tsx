import type { Metadata } from 'next'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { requireActor } from '@/app/guard'
import { now } from '@/lib/clock'
import { readOnboarding } from '@/lib/onboarding/read-onboarding'
import { listRunsOfRecord } from '@/lib/runs/list-runs-of-record'
import { WorkBehindIt } from '../work-behind-it'
import { closeMyAccount, sendVerification } from './actions'
import { CloseAccount } from './close-account'
import { FirstDays } from './first-days'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function DashboardPage() {
  const actor = await requireActor()
  const [stages, runs] = await Promise.all([readOnboarding(actor), listRunsOfRecord(actor, `user/${actor.userId}`)])
  return (
    <>
      <section className="flex flex-col gap-2">
        <h1 className="text-28 font-semibold">{actor.account.name}</h1>
        <p className="text-quiet">Its day begins at midnight in {actor.account.timeZone.replaceAll('_', ' ')}.</p>
      </section>
      {actor.account.isActive ? null : (
        <Notice kind="bad">This account is closed. No more letters go out for it.</Notice>
      )}
      {actor.emailVerified ? null : (
        <section className="flex flex-wrap items-center justify-between gap-3 border-y border-line py-4">
          <p>
            Please confirm <span className="font-medium">{actor.email}</span> by the link in the letter that we sent.
          </p>
          <form action={sendVerification}>
            <Button type="submit" look="quiet">
              Send it again
            </Button>
          </form>
        </section>
      )}
      <FirstDays stages={stages} timeZone={actor.account.timeZone} />
      <WorkBehindIt runs={runs} now={now()} timeZone={actor.account.timeZone} linked={actor.isOperator} />
      {actor.account.isActive ? <CloseAccount shopName={actor.account.name} close={closeMyAccount} /> : null}
    </>
  )
}
