import { CopyText } from '@/app/_ui/copy'
import { Instant } from '@/app/_ui/instant'
import { Facts } from '@/app/_ui/panel'
import { formatMoney } from '@/lib/money/format-money'
import type { WholeOrder } from '@/lib/orders/find-order'
import { paymentWords } from '../words'

type Props = { order: WholeOrder; timeZone: string }

/** Each attempt to take the money, with the provider's ids, and what was given back of it. */
export function Payments({ order: { payments, refunds }, timeZone }: Props) {
  if (payments.length === 0) return <p className="text-quiet">Nothing was charged.</p>
  return payments.map((payment) => {
    const { id, status, amountMinor, refundedMinor, currency, providerIntentId, declineCode, createdAt, endedAt } =
      payment
    const refund = refunds.find(({ paymentId }) => paymentId === id)
    return (
      <Facts
        key={id}
        facts={[
          {
            name: paymentWords[status],
            value: <span className="font-mono text-13">{formatMoney(amountMinor, currency)}</span>,
          },
          declineCode ? { name: 'Reason', value: declineCode.replaceAll('_', ' ') } : null,
          refundedMinor > 0 ? { name: 'Given back', value: <GivenBack payment={payment} /> } : null,
          refund && refundedMinor < amountMinor ? { name: 'Refund', value: 'Asked for' } : null,
          { name: endedAt ? 'When' : 'Since', value: <Instant at={endedAt ?? createdAt} timeZone={timeZone} /> },
          providerIntentId
            ? { name: 'Payment id', value: <CopyText label="payment id" text={providerIntentId} /> }
            : null,
          refund?.providerRefundId
            ? { name: 'Refund id', value: <CopyText label="refund id" text={refund.providerRefundId} /> }
            : null,
        ]}
      />
    )
  })
}

function GivenBack({ payment: { amountMinor, refundedMinor, currency } }: { payment: WholeOrder['payments'][number] }) {
  const isPart = refundedMinor < amountMinor
  return (
    <>
      <span className="font-mono text-13">{formatMoney(refundedMinor, currency)}</span>
      {isPart ? ` of ${formatMoney(amountMinor, currency)}, at the payment provider` : ''}
    </>
  )
}
