'use client'

import { useRouter } from 'next/navigation'
import { ActDialog } from '@/app/_ui/act-dialog'
import type { ActAnswer } from '@/app/_ui/use-act'

/**
 * Cancels an order, once its customer has said so twice.
 * @param means what becomes of the money.
 */
export function CancelButton({ publicId, number, means }: { publicId: string; number: number; means: string }) {
  const router = useRouter()
  const cancel = async (): Promise<ActAnswer> => {
    const answer = await postCancel(publicId)
    if (answer.ok) router.refresh()
    return answer
  }
  return (
    <ActDialog
      trigger="Cancel the order…"
      look="quiet"
      title={`Cancel order ${number}?`}
      description={means}
      verb="Cancel the order"
      doing="Cancelling…"
      act={cancel}
      isDanger
    />
  )
}

async function postCancel(publicId: string): Promise<ActAnswer> {
  const response = await fetch(`/api/orders/${publicId}/cancel`, { method: 'POST' })
  const { status, title, detail } = (await response.json()) as { status?: unknown; title?: string; detail?: string }
  if (!response.ok) return { ok: false, message: [title, detail].filter(Boolean).join(' ') }
  return { ok: true, message: status === 'cancelled' ? 'Your order is cancelled.' : 'Your order is being cancelled.' }
}
