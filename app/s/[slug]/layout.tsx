import type { Metadata } from 'next'
import Link from 'next/link'
import { ThemeSwitch } from '@/app/_ui/theme-switch'
import { shopHref } from '../addresses'
import { BasketLink } from './_basket/basket-link'
import { currentShop, requireShop } from './shop'

export async function generateMetadata({ params }: LayoutProps<'/s/[slug]'>): Promise<Metadata> {
  // What isn't there has a title all the same.
  const name = (await currentShop((await params).slug))?.name ?? 'No such shop'
  return { title: { default: name, template: `%s · ${name}` }, description: `What ${name} sells.` }
}

export default async function StorefrontLayout({ params, children }: LayoutProps<'/s/[slug]'>) {
  const { name, slug, isOpen } = await requireShop((await params).slug)
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-surface focus:p-2"
      >
        To the content
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-paper">
        <div className="mx-auto flex min-h-14 w-full max-w-5xl items-center justify-between gap-4 px-4 sm:px-6">
          <Link href={shopHref(slug)} className="min-w-0 truncate py-3 text-16 font-semibold">
            {name}
          </Link>
          {isOpen ? <BasketLink slug={slug} /> : null}
        </div>
      </header>
      <main id="content" className="mx-auto flex w-full max-w-5xl flex-1 flex-col px-4 py-6 sm:px-6 sm:py-10">
        {children}
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex w-full max-w-5xl items-center justify-between gap-4 px-4 py-4 text-13 text-quiet sm:px-6">
          <p className="min-w-0 truncate">{name}</p>
          <ThemeSwitch />
        </div>
      </footer>
    </div>
  )
}
