import type { Metadata } from 'next'
import { z } from 'zod'
import { letterScheme } from '@/app/_ui/letter-view'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { requireActor } from '@/app/guard'
import { shopHref } from '@/app/s/addresses'
import { readReportSettings } from '@/lib/accounts/read-report-settings'
import { now } from '@/lib/clock'
import { readFirstSteps } from '@/lib/dashboard/read-first-steps'
import { namedCurrencies } from '@/lib/money/shop-currencies'
import { reportTypes } from '@/lib/reports/report-schedules'
import { skippedHourNote } from '@/lib/reports/skipped-hour'
import { CurrencyDialog } from '../currency/currency-dialog'
import { LetterPreview } from './letter-preview'
import { NameForm } from './name-form'
import { ReportsForm } from './reports-form'

export const metadata: Metadata = { title: 'Settings' }

const shownLetter = z.enum(reportTypes).catch('daily')

export default async function SettingsPage({ searchParams }: PageProps<'/settings'>) {
  const actor = await requireActor()
  const { letter, scheme } = await searchParams
  const [settings, { hasProducts }] = await Promise.all([readReportSettings(actor), readFirstSteps(actor)])
  const { name, slug, currency, isActive } = actor.account
  return (
    <div className="flex flex-col gap-10">
      <PageHead title="Settings" />
      {isActive ? null : <Notice kind="bad">This account is closed: what is chosen here stays as it is.</Notice>}
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="flex flex-col gap-10">
          <Panel title="The shop">
            <NameForm name={name} address={shopHref(slug)} />
          </Panel>
          <Panel title="Currency">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p>Prices are in {currency}.</p>
              {hasProducts ? null : <CurrencyDialog currencies={namedCurrencies('en')} chosen={currency} />}
            </div>
            {hasProducts ? (
              <p className="text-13 text-quiet">It can be chosen until the first product is in the shop.</p>
            ) : null}
          </Panel>
        </div>
        <Panel title="Reports">
          <ReportsForm
            settings={settings}
            zones={Intl.supportedValuesOf('timeZone')}
            email={actor.email}
            note={skippedHourNote(settings.hour, settings.timeZone, now())}
          />
        </Panel>
      </div>
      <LetterPreview actor={actor} type={shownLetter.parse(letter)} scheme={letterScheme(scheme)} />
    </div>
  )
}
