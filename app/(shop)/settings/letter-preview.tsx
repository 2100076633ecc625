import { EmptyState } from '@/app/_ui/empty-state'
import { type LetterScheme, LetterView } from '@/app/_ui/letter-view'
import { Panel } from '@/app/_ui/panel'
import { TabLinks } from '@/app/_ui/tab-links'
import type { Actor } from '@/lib/auth/actor'
import { listReports } from '@/lib/reports/list-reports'
import { renderReportLetter } from '@/lib/reports/render-report-letter'
import { type ReportType, reportTypes } from '@/lib/reports/report-schedules'
import { typeWords } from '../reports/words'

/** The letter with the last report of a type, as its readers get it. */
export async function LetterPreview({ actor, type, scheme }: { actor: Actor; type: ReportType; scheme: LetterScheme }) {
  const { reports } = await listReports(actor, { type }, 1)
  const found = reports[0] ? await renderReportLetter(actor, reports[0].id) : null
  const tab = (letter: ReportType, as: LetterScheme) =>
    `/settings?${new URLSearchParams({ letter, ...(as === 'dark' ? { scheme: as } : {}) })}#letter`
  return (
    <div id="letter" className="scroll-mt-4">
      <Panel title="The letter">
        <div className="flex flex-wrap justify-between gap-x-6">
          <TabLinks
            label="Which letter"
            tabs={reportTypes.map((each) => ({
              ...{ name: typeWords[each].tab, href: tab(each, scheme), isCurrent: each === type },
            }))}
          />
          <TabLinks
            label="How it is shown"
            tabs={(['light', 'dark'] as const).map((each) => ({
              ...{ name: each === 'light' ? 'Light' : 'Dark', href: tab(type, each), isCurrent: each === scheme },
            }))}
          />
        </div>
        {found ? (
          <LetterView {...found.letter} scheme={scheme} />
        ) : (
          <EmptyState title={`No ${type} report yet`}>
            The letter with the last one is shown here. In the reports you can have one made of an earlier time.
          </EmptyState>
        )}
      </Panel>
    </div>
  )
}
