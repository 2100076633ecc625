'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { archive, unarchive } from '../actions'

/** Takes a product out of the shop, or puts it there again. */
export function ArchiveButton({
  productId,
  title,
  isArchived,
}: {
  productId: string
  title: string
  isArchived: boolean
}) {
  const face = { look: 'quiet', size: 'small', input: { productId } } as const
  return isArchived ? (
    <ActDialog
      {...face}
      trigger="Put back…"
      title={`Put ${title} back into the shop?`}
      description="Customers see it again, and can order what is available of it."
      verb="Put it back"
      doing="Putting it back…"
      act={unarchive}
    />
  ) : (
    <ActDialog
      {...face}
      trigger="Archive…"
      title={`Archive ${title}?`}
      description="Customers no longer see it. Its stock and its history stay, orders that have reserved it go on, and it can be put back at any time."
      verb="Archive it"
      doing="Archiving…"
      act={archive}
    />
  )
}
