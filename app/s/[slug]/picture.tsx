import type { Picture } from '@/lib/storefront/first-pictures'

/**
 * A picture of a product in the widths that it is kept in. Next's own image component would make anew what is made
 * already.
 * @param sizes how wide it is shown, as the browser is told.
 */
export function ProductPicture({
  picture: { id, width, height, widths },
  alt,
  sizes,
  className,
  isFirst = false,
}: {
  picture: Picture
  alt: string
  sizes: string
  className: string
  isFirst?: boolean
}) {
  const sources = widths.toSorted((a, b) => a - b).map((each) => `/images/${id}/${each} ${each}w`)
  return (
    // biome-ignore lint/performance/noImgElement: it is in its final form
    <img
      src={`/images/${id}/960`}
      srcSet={sources.join(', ')}
      sizes={sizes}
      alt={alt}
      width={width}
      height={height}
      loading={isFirst ? 'eager' : 'lazy'}
      className={className}
    />
  )
}

/** Where a picture would be, of what has none: the first letter of its title. */
export function NoPicture({ title, className }: { title: string; className: string }) {
  return (
    <div aria-hidden className={`flex items-center justify-center bg-raised text-28 text-quiet ${className}`}>
      {Array.from(title)[0]?.toUpperCase()}
    </div>
  )
}
