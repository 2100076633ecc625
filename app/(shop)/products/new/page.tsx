import type { Metadata } from 'next'
import { PageHead } from '@/app/_ui/page-head'
import { requireActor } from '@/app/guard'
import { ProductForm } from '../product-form'

export const metadata: Metadata = { title: 'New product' }

export default async function NewProductPage() {
  const { account } = await requireActor()
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHead title="New product" back={{ href: '/products', name: 'Products' }} />
      <ProductForm currency={account.currency} />
    </div>
  )
}
