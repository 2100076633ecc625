import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { requireOpenShop } from '../shop'
import { CheckoutView } from './checkout-view'

export const metadata: Metadata = { title: 'Checkout' }

export default async function CheckoutPage({ params }: PageProps<'/s/[slug]/checkout'>) {
  const { slug } = await requireOpenShop((await params).slug)
  return <CheckoutView slug={slug} formKey={randomUUID()} />
}
