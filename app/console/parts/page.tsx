import type { Metadata } from 'next'
import { Button } from '@/app/_ui/button'
import { CopyText } from '@/app/_ui/copy'
import { EmptyState } from '@/app/_ui/empty-state'
import { ErrorView } from '@/app/_ui/error-view'
import { FilterSelect, TextArea, TextField } from '@/app/_ui/field'
import { JsonView } from '@/app/_ui/json-view'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { Card, Facts, Panel } from '@/app/_ui/panel'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { Skeleton } from '@/app/_ui/skeleton'
import { Status, statusWords } from '@/app/_ui/status'
import { TabLinks } from '@/app/_ui/tab-links'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { Timeline } from '@/app/_ui/timeline'
import { Waterfall } from '@/app/_ui/waterfall/waterfall'
import { requireOperator } from '@/app/guard'
import { exampleBars, exampleError } from './examples'
import { ToastAndDialog } from './toast-and-dialog'

export const metadata: Metadata = { title: 'Parts' }

/** Every part of the screens, as it looks: the visual language on one page. */
export default async function PartsPage() {
  await requireOperator()
  return (
    <>
      <div className="flex flex-col gap-1">
        <PageHead title="Parts" />
        <p className="max-w-prose text-quiet">
          What the screens are made of. Each part stands once in the code, and takes its colours, sizes and radii from
          one file of tokens.
        </p>
      </div>
      <div className="grid gap-x-8 gap-y-8 xl:grid-cols-2">
        <Type />
        <Colours />
        <Panel title="Status">
          <ul className="flex flex-wrap gap-x-4 gap-y-2">
            {statusWords.map((word) => (
              <li key={word}>
                <Status of={word} />
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Button, toast, dialog">
          <div className="flex flex-wrap items-center gap-2">
            <Button>Place order</Button>
            <Button look="quiet">Keep it</Button>
            <Button look="danger" size="small">
              Discard 3 letters
            </Button>
            <Button disabled>Saving…</Button>
          </div>
          <ToastAndDialog />
        </Panel>
        <Panel title="Field">
          <TextField label="Name of your shop" name="shop" defaultValue="Corner Shop" hint="As customers read it." />
          <TextField
            label="Email address"
            name="email"
            defaultValue="ann@"
            error="This should be an address such as ann@example.com."
          />
          <TextArea label="Data, as JSON" name="data" isCode rows={3} defaultValue={'{ "userId": "…" }'} />
          <FilterSelect label="Time" name="time" options={[{ value: '', name: 'Any time' }]} />
        </Panel>
        <Panel title="Notice, card, facts">
          <Notice kind="good">The new password is set.</Notice>
          <Notice kind="bad">The job server can’t be reached. Try again in a moment.</Notice>
          <Notice kind="plain">Parts of the payload were secrets, and are not kept.</Notice>
          <Card>
            <Facts
              facts={[
                { name: 'State', value: <Status of="sleeping" /> },
                { name: 'Run', value: <CopyText text="01KAZ9YQ6TN4M3V2R8XJ5W7BDE" label="run id" /> },
              ]}
            />
          </Card>
        </Panel>
      </div>
      <Panel title="Waterfall">
        <Waterfall label="Example" bars={exampleBars} currentKey="send-tips" />
      </Panel>
      <Panel title="Tabs, table">
        <TabLinks
          label="Example"
          tabs={[
            { href: '#tabs', name: 'All', count: 1204, isCurrent: true },
            { href: '#tabs', name: 'Failed', count: 3, isCurrent: false },
          ]}
        />
        <Table label="Example" columns={[{ name: 'Function' }, { name: 'Took', isNumber: true, width: 'w-24' }]}>
          {['send-email', 'onboarding-workflow'].map((id) => (
            <Row key={id}>
              <Cell className="font-medium">
                <RowLink href="#tabs">{id}</RowLink>
              </Cell>
              <Cell isNumber>1.24 s</Cell>
            </Row>
          ))}
        </Table>
      </Panel>
      <div className="grid gap-x-8 gap-y-8 xl:grid-cols-2">
        <Panel title="JSON">
          <JsonView
            label="Output"
            value={{ sent: true, timestamp: '2026-11-24T09:00:00.000Z', attempts: 2, next: null }}
          />
        </Panel>
        <Panel title="Error">
          <ErrorView error={exampleError} />
        </Panel>
        <Panel title="Progress, timeline">
          <ProgressBar label="Example" percent={33} words="resize, 1 of 3" />
          <Timeline
            label="Example"
            moments={[
              { key: '1', at: '09:00', children: 'Completed resize (1/3)' },
              { key: '2', at: '09:01', children: 'Completed compress (2/3)' },
            ]}
          />
        </Panel>
        <Panel title="Empty, loading">
          <EmptyState title="No runs yet">Each start of a function is listed here.</EmptyState>
          <Skeleton lines={3} />
        </Panel>
      </div>
    </>
  )
}

const sizes = ['text-28', 'text-20', 'text-16', 'text-14', 'text-13', 'text-12'] as const

function Type() {
  return (
    <Panel title="Type">
      {sizes.map((size) => (
        <p key={size} className={`flex items-baseline gap-4 ${size}`}>
          <span className="w-8 shrink-0 font-mono text-12 text-quiet">{size.slice(5)}</span>
          <span className="truncate">Nothing is lost, and nothing happens twice</span>
        </p>
      ))}
      <p className="flex items-baseline gap-4">
        <span className="w-8 shrink-0 font-mono text-12 text-quiet">mono</span>
        <span className="font-mono text-12">01KAZ9YQ6TN4 1,204 2 min 5 s</span>
      </p>
    </Panel>
  )
}

/** Tailwind reads whole names. */
const swatches = [
  ['paper', 'bg-paper'],
  ['surface', 'bg-surface'],
  ['raised', 'bg-raised'],
  ['line', 'bg-line'],
  ['line-strong', 'bg-line-strong'],
  ['quiet', 'bg-quiet'],
  ['ink', 'bg-ink'],
  ['accent', 'bg-accent'],
  ['idle', 'bg-idle-line'],
  ['running', 'bg-running-line'],
  ['waiting', 'bg-waiting-line'],
  ['completed', 'bg-completed-line'],
  ['retrying', 'bg-retrying-line'],
  ['failed', 'bg-failed-line'],
] as const

function Colours() {
  return (
    <Panel title="Colour">
      <ul className="grid grid-cols-4 gap-3 sm:grid-cols-7">
        {swatches.map(([name, look]) => (
          <li key={name} className="flex flex-col gap-1 text-12 text-quiet">
            <span className={`h-9 rounded-control border border-line ${look}`} />
            {name}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
