import Link from 'next/link'
import { CopyText } from '@/app/_ui/copy'
import { Since } from '@/app/_ui/instant'
import { Cell, Row, Table } from '@/app/_ui/table'
import type { Actor } from '@/lib/auth/actor'
import { formatMoney } from '@/lib/money/format-money'
import type { DiscrepancyLine } from '@/lib/reconciliation/discrepancies'
import { runsHref } from '../runs/addresses'
import { CloseDiscrepancy } from './close-dialog'
import { discrepancyWords } from './words'

const columns = [
  { name: 'What differs' },
  { name: 'They have', isNumber: true, isWideOnly: true, width: 'md:w-28' },
  { name: 'We have', isNumber: true, isWideOnly: true, width: 'md:w-28' },
  { name: 'Found', isNumber: true, isWideOnly: true, width: 'md:w-24' },
]

type Props = { discrepancies: DiscrepancyLine[]; now: Date; account: Pick<Actor['account'], 'id' | 'timeZone'> }

/** Differences to the payment provider: what each means, both sums, and where to look. */
export function DiscrepanciesTable({ discrepancies, now, account }: Props) {
  return (
    <Table label="Discrepancies" columns={columns}>
      {discrepancies.map((line) => (
        <Row key={line.id}>
          <Cell className="py-2.5 align-top whitespace-normal">
            <What line={line} account={account} />
          </Cell>
          <Cell isNumber isWideOnly className="py-2.5 align-top">
            {sumOf(line.theirsMinor, line.currency)}
          </Cell>
          <Cell isNumber isWideOnly className="py-2.5 align-top">
            {sumOf(line.oursMinor, line.currency)}
          </Cell>
          <Cell isNumber isWideOnly className="py-2.5 align-top">
            <Since at={line.foundAt} now={now} timeZone={account.timeZone} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function What({ line, account }: { line: DiscrepancyLine; account: Props['account'] }) {
  const { title, means } = discrepancyWords[line.kind]
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <span className="font-medium">{title}</span>
        <span className="font-mono text-12 md:hidden">
          They have {sumOf(line.theirsMinor, line.currency)}, we have {sumOf(line.oursMinor, line.currency)}
        </span>
        <span className="max-w-prose text-quiet">{means}</span>
        <Whereabouts line={line} account={account} />
        {line.closedAt ? (
          <span className="max-w-prose">
            Closed by {line.closedBy ?? 'itself'}: {line.note}
          </span>
        ) : null}
      </div>
      {line.closedAt ? null : <CloseDiscrepancy id={line.id} title={title} />}
    </div>
  )
}

const link = 'underline underline-offset-2 hover:text-ink'

function Whereabouts({ line, account }: { line: DiscrepancyLine; account: Props['account'] }) {
  const { order, orderId, providerIntentId } = line
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-quiet">
      {order ? <OrderName order={order} isOwn={order.accountId === account.id} /> : <span>No order of ours</span>}
      {orderId ? (
        <Link href={runsHref({ search: `order/${orderId}` })} className={link}>
          Its runs
        </Link>
      ) : null}
      <CopyText label="payment id" text={providerIntentId} />
    </span>
  )
}

/** An order is looked at by its own shop alone. */
function OrderName({ order, isOwn }: { order: NonNullable<DiscrepancyLine['order']>; isOwn: boolean }) {
  const name = `Order ${order.number} of ${order.account.name}`
  if (!isOwn) return <span>{name}</span>
  return (
    <Link href={`/orders/${order.id}`} className={link}>
      {name}
    </Link>
  )
}

/** Where neither side knows a currency, there is no sum to be shown. */
const sumOf = (minor: number, currency: string) => (currency ? formatMoney(minor, currency) : String(minor))
