'use client'

import { useEffect } from 'react'
import { emptyOrdered } from '../../_basket/kept-basket'

/** What has become an order is in the basket no more. */
export function EmptyOrdered({ slug, publicId }: { slug: string; publicId: string }) {
  useEffect(() => emptyOrdered(slug, publicId), [slug, publicId])
  return null
}
