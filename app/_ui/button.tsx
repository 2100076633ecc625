import Link from 'next/link'
import type { ButtonHTMLAttributes, ReactNode } from 'react'

const base =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-60'
const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  quiet: 'border border-line-strong text-ink hover:bg-raised',
  danger: 'border border-failed-line text-failed hover:bg-failed-fill',
  bare: 'text-quiet hover:bg-raised hover:text-ink',
}
/** On a phone each of them is as high as a finger. */
const sizes = { regular: 'min-h-11 px-4 text-14 sm:min-h-10', small: 'min-h-11 px-3 text-13 sm:min-h-8' }

type Face = { look?: keyof typeof looks; size?: keyof typeof sizes }

/** How a control looks that is pressed like a button, whatever element it is. */
export function buttonFace({ look = 'primary', size = 'regular' }: Face = {}): string {
  return `${base} ${looks[look]} ${sizes[size]}`
}

export function Button({ look, size, className = '', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & Face) {
  return <button type="button" className={`${faceOf(look, size)} ${className}`} {...rest} />
}

export function ButtonLink({ look, size, href, children }: Face & { href: string; children: ReactNode }) {
  return (
    <Link className={faceOf(look, size)} href={href}>
      {children}
    </Link>
  )
}

const faceOf = (look: Face['look'], size: Face['size']) =>
  buttonFace({ ...(look ? { look } : {}), ...(size ? { size } : {}) })
