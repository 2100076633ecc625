import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { formatMoney } from '@/lib/money/format-money'
import { findPublicProduct, type PublicProductWhole } from '@/lib/storefront/find-public-product'
import { shopHref } from '../../../addresses'
import { NoPicture, ProductPicture } from '../../picture'
import { currentShop, requireShop } from '../../shop'
import { stockWords } from '../../stock-words'
import { AddToBasket } from './add-to-basket'

type Props = PageProps<'/s/[slug]/products/[id]'>

const currentProduct = cache(async (slug: string, id: string) => {
  const shop = await currentShop(slug)
  return shop?.isOpen ? findPublicProduct(shop, id) : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, id } = await params
  const { title = 'Not sold here', description } = (await currentProduct(slug, id)) ?? {}
  return { title, ...(description ? { description: description.slice(0, 160) } : {}) }
}

export default async function ProductPage({ params }: Props) {
  const { slug, id } = await params
  const [shop, product] = [await requireShop(slug), (await currentProduct(slug, id)) ?? notFound()]
  const { title, description, priceMinor, currency, available } = product
  return (
    <div className="flex flex-col gap-4">
      <Link href={shopHref(slug)} className="-my-2 self-start py-2 text-quiet hover:text-ink">
        All of {shop.name}
      </Link>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Pictures product={product} />
        <div className="flex min-w-0 flex-col gap-5 md:sticky md:top-24 md:self-start">
          <div className="flex flex-col gap-2">
            <h1 className="text-28 font-semibold break-words">{title}</h1>
            <p className="text-20 tabular-nums">{formatMoney(priceMinor, currency)}</p>
            <p className={available > 0 ? 'text-quiet' : 'font-medium text-failed'}>{stockWords(available)}</p>
          </div>
          <AddToBasket slug={slug} product={{ productId: id, title, priceMinor, currency }} available={available} />
          {description ? <p className="max-w-prose break-words whitespace-pre-line">{description}</p> : null}
        </div>
      </div>
    </div>
  )
}

function Pictures({ product: { title, pictures } }: { product: PublicProductWhole }) {
  const look = 'w-full rounded-surface outline outline-line'
  const [first, ...others] = pictures
  if (!first) return <NoPicture title={title} className={`${look} aspect-square`} />
  const total = pictures.length
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ProductPicture
        picture={first}
        alt={total > 1 ? `${title}, picture 1 of ${total}` : title}
        sizes="(min-width: 768px) 580px, 92vw"
        className={`${look} h-auto`}
        isFirst
      />
      {others.length > 0 ? (
        <ul aria-label="More pictures" className="grid grid-cols-2 gap-4">
          {others.map((picture, at) => (
            <li key={picture.id}>
              <ProductPicture
                picture={picture}
                alt={`${title}, picture ${at + 2} of ${total}`}
                sizes="(min-width: 768px) 280px, 45vw"
                className={`${look} aspect-square object-cover`}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
