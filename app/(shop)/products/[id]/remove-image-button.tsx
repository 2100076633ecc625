'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { removePicture } from '../actions'

/** Removes one picture of a product. */
export function RemoveImageButton({ imageId, name }: { imageId: string; name: string }) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Remove…"
      aria-label={`Remove ${name}…`}
      title={`Remove ${name}?`}
      description="Customers no longer see it, and its files are deleted."
      verb="Remove it"
      doing="Removing…"
      act={removePicture}
      input={{ imageId }}
      isDanger
    />
  )
}
