import Link from 'next/link'
import type { ButtonHTMLAttributes, ReactNode } from 'react'

const base =
  'inline-flex min-h-11 items-center justify-center rounded-control px-4 text-14 font-medium transition-colors duration-150 disabled:opacity-60 sm:min-h-10'
const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  quiet: 'border border-line-strong text-ink hover:bg-raised',
  danger: 'border border-failed text-failed hover:bg-raised',
}

type Look = keyof typeof looks

export function Button({
  look = 'primary',
  className = '',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
  return <button className={`${base} ${looks[look]} ${className}`} {...rest} />
}

export function ButtonLink({ look = 'primary', href, children }: { look?: Look; href: string; children: ReactNode }) {
  return (
    <Link className={`${base} ${looks[look]}`} href={href}>
      {children}
    </Link>
  )
}
