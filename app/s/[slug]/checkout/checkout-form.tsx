'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { TextArea, TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { randomKey } from '@/app/_ui/random-key'
import { useJsonForm } from '@/app/_ui/use-json-form'
import { orderHref } from '../../addresses'
import type { BasketItem } from '../_basket/items'
import { noteOrdered } from '../_basket/kept-basket'
import type { BasketPrices } from '../_basket/use-priced-basket'
import { keyFor, type Sent } from './form-key'

type Placed = { publicId: string; checkoutUrl: string | null }

/**
 * Takes an order, and leads on to the provider's page for the card.
 * @param formKey what the form is sent under at first.
 * @param prices what the customer sees that it comes to.
 */
export function CheckoutForm({
  slug,
  items,
  formKey,
  prices,
}: {
  slug: string
  items: readonly BasketItem[]
  formKey: string
  prices: BasketPrices
}) {
  const router = useRouter()
  const sent = useRef<Sent>({ key: formKey, content: null })
  const onDone = (answer: unknown) => {
    const { publicId, checkoutUrl } = answer as Placed
    noteOrdered(slug, publicId)
    if (checkoutUrl) window.location.assign(checkoutUrl)
    else router.push(orderHref(slug, publicId))
  }
  const bodyOf = (form: HTMLFormElement) => {
    const ordered = items.map(({ productId, quantity }) => ({ productId, quantity }))
    const seen = prices.basket?.total ? { totalMinor: prices.basket.total.minor } : {}
    const content = { shop: slug, ...Object.fromEntries(new FormData(form)), items: ordered, ...seen }
    sent.current = keyFor(JSON.stringify(content), sent.current, randomKey)
    return { ...content, idempotencyKey: sent.current.key }
  }
  const { submit, fields, message, isPending } = useJsonForm('/api/orders', onDone, bodyOf)
  const { name, email, address, ...others } = fields
  const problem = message ?? Object.values(others)[0]
  useEffect(() => {
    // What is in the basket is no longer as it is shown.
    if (problem) prices.askAgain()
  }, [problem, prices.askAgain])
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <TextField label="Your name" name="name" autoComplete="name" required error={name} />
      <TextField
        label="Email address"
        name="email"
        type="email"
        autoComplete="email"
        required
        hint="Your confirmation goes there."
        error={email}
      />
      <TextArea
        label="Address"
        name="address"
        autoComplete="street-address"
        rows={4}
        required
        hint="Where it should be sent, with postcode and country."
        error={address}
      />
      {problem ? <Notice kind="bad">{problem}</Notice> : null}
      <Button
        type="submit"
        disabled={isPending || !prices.isCurrent || !prices.basket?.isOrderable}
        className="self-start max-sm:w-full"
      >
        {isPending ? 'Going on…' : 'Continue to payment'}
      </Button>
      <p className="text-13 text-quiet">
        You give your card on the next page. It is charged once your order is set aside.
      </p>
    </form>
  )
}
