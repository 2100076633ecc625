import type Stripe from 'stripe'
import { z } from 'zod'
import { noSuch } from './api-error'
import { operation } from './operation'
import { emptyable, expand, mergeMetadata, metadata } from './params'
import type { World } from './world'

const address = z.strictObject({
  city: emptyable.default(null),
  country: emptyable.default(null),
  line1: emptyable.default(null),
  line2: emptyable.default(null),
  postal_code: emptyable.default(null),
  state: emptyable.default(null),
})

const about = z.strictObject({
  address: address.optional(),
  description: emptyable.optional(),
  email: emptyable.optional(),
  name: emptyable.optional(),
  phone: emptyable.optional(),
  metadata,
  expand,
})
type About = z.infer<typeof about>

export const customers = [
  operation({
    name: 'customers.create',
    door: 'POST /v1/customers',
    params: about,
    run: (world, params) => ({ body: createCustomer(world, params) }),
  }),
  operation({
    name: 'customers.retrieve',
    door: 'GET /v1/customers/:id',
    params: z.strictObject({ expand }),
    run: (world, _, id) => ({ body: getCustomer(world, id, 'id', 404) }),
  }),
  operation({
    name: 'customers.update',
    door: 'POST /v1/customers/:id',
    params: about,
    run: (world, { expand: _, ...change }, id) => {
      const before = getCustomer(world, id, 'id', 404)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      return { body: world.put({ ...before, ...given, metadata: mergeMetadata(before.metadata, change.metadata) }) }
    },
  }),
]

/** @throws ApiError where there is none. */
export function getCustomer(world: World, id: string, param: string, status: 400 | 404 = 400): Stripe.Customer {
  const found = world.find('customer', id)
  if (!found) throw noSuch('customer', id, param, status)
  return found
}

export function createCustomer(world: World, about: Partial<About>): Stripe.Customer {
  return world.put({
    id: world.newId('cus_'),
    object: 'customer',
    address: about.address ?? null,
    balance: 0,
    created: world.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: about.description ?? null,
    discount: null,
    email: about.email ?? null,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: mergeMetadata({}, about.metadata ?? {}),
    name: about.name ?? null,
    phone: about.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  })
}
