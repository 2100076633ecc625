'use client'

import Form from 'next/form'
import { useRef, useSyncExternalStore } from 'react'
import { buttonFace } from '@/app/_ui/button'
import { several } from '@/app/_ui/words'

const FORM = 'chosen-products'

/** A product's box: those that are ticked can be changed together. */
export function Choose({ id, title }: { id: string; title: string }) {
  return (
    <label className="relative z-10 flex h-11 w-8 cursor-pointer items-center">
      <input type="checkbox" form={FORM} name="id" value={id} className="size-4 accent-accent" />
      <span className="sr-only">Choose {title}</span>
    </label>
  )
}

/** Takes those that are ticked to the page where they are changed. */
export function ChooseForm() {
  const ref = useRef<HTMLFormElement>(null)
  const count = useSyncExternalStore(
    onTick,
    () => (ref.current ? new FormData(ref.current).getAll('id').length : 0),
    () => 0,
  )
  return (
    <Form id={FORM} ref={ref} action="/products/bulk" className={count === 0 ? 'hidden' : 'pb-3'}>
      <button type="submit" className={buttonFace({ look: 'quiet', size: 'small' })}>
        Change {several(count, 'chosen product')}
      </button>
    </Form>
  )
}

function onTick(tell: () => void): () => void {
  document.addEventListener('change', tell)
  return () => document.removeEventListener('change', tell)
}
