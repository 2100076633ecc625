import type { Metadata } from 'next'
import { requireOpenShop } from '../shop'
import { BasketView } from './basket-view'

export const metadata: Metadata = { title: 'Basket' }

export default async function BasketPage({ params }: PageProps<'/s/[slug]/basket'>) {
  const { slug } = await requireOpenShop((await params).slug)
  return <BasketView slug={slug} />
}
