import { EmptyState } from '@/app/_ui/empty-state'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { RefreshWhile } from '@/app/_ui/refresh-while'
import { Status } from '@/app/_ui/status'
import type { ImageView } from '@/lib/images/list-images'
import { RemoveImageButton } from './remove-image-button'
import { UploadImages } from './upload-images'

/** A product's pictures, and how far the work on each has come. */
export function Images({ images, productId }: { images: ImageView[]; productId: string }) {
  const isUnderWay = images.some(({ status }) => status === 'queued' || status === 'processing')
  return (
    <>
      {isUnderWay ? <RefreshWhile /> : null}
      {images.length > 0 ? (
        <ul aria-live="polite" className="flex flex-col border-t border-line">
          {images.map((image) => (
            <li key={image.id} className="flex min-h-24 flex-wrap items-center gap-4 border-b border-line py-2">
              <Thumbnail image={image} />
              <div className="min-w-0 flex-1">
                <Standing image={image} />
              </div>
              <RemoveImageButton imageId={image.id} name={nameOf(image)} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState title="No pictures yet">Customers see a product by its pictures first. Add one or many.</EmptyState>
      )}
      <UploadImages productId={productId} />
    </>
  )
}

const nameOf = ({ position }: ImageView) => `picture ${position + 1}`

function Thumbnail({ image }: { image: ImageView }) {
  const box = 'size-20 shrink-0 rounded-control bg-raised outline outline-line'
  if (image.status !== 'ready') return <div className={box} />
  // Next's own image component would make anew what is made already.
  // biome-ignore lint/performance/noImgElement: it is small, and in its final form
  return <img src={`/images/${image.id}/320`} alt={nameOf(image)} className={`${box} object-cover`} loading="lazy" />
}

function Standing({ image: { status, progress, failure, width, height } }: { image: ImageView }) {
  if (status === 'processing')
    return (
      <ProgressBar
        label="Work on this picture"
        percent={progress?.percent ?? 0}
        words={progress?.currentOperation ?? 'begun'}
      />
    )
  if (status === 'failed')
    return (
      <div className="flex flex-col items-start gap-1">
        <Status of="failed" />
        <p className="text-failed">{failure}</p>
      </div>
    )
  if (status === 'ready') return <p className="font-mono text-12 text-quiet">{`${width} × ${height}`}</p>
  return status === 'queued' ? (
    <Status of="queued" />
  ) : (
    <p className="text-quiet">
      Uploaded, but the upload of the others was not finished. Remove it, or upload it again.
    </p>
  )
}
