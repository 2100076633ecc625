'use client'

import { Button } from '@/app/_ui/button'

/** Opens the browser's own way of printing. */
export function PrintButton() {
  return (
    <Button look="quiet" size="small" onClick={() => window.print()}>
      Print
    </Button>
  )
}
