import { formatMoney } from '../../lib/money/format-money'
import type { Books } from './books'
import type { Charged, Client } from './client'
import { type Fact, fact } from './fact'

type Order = { id: string; status: string; totalMinor: number }

/** Money as the provider has it, beside what the shop says of it; and the letters as they arrived. */
export async function checkMoney(client: Client, books: Books): Promise<Fact[]> {
  const orders = await books.rows<Order>('SELECT id, status::text, "totalMinor" FROM "Order"')
  const charged = await client.charged()
  const kept = (of: Charged[]) => of.reduce((sum, { taken, givenBack }) => sum + taken - givenBack, 0)
  const due = orders.filter(isConfirmed).reduce((sum, { totalMinor }) => sum + totalMinor, 0)
  const right = orders.filter((order) => {
    const own = charged.filter(({ orderId }) => orderId === order.id)
    return own.length <= 1 && kept(own) === (isConfirmed(order) ? order.totalMinor : 0)
  })
  const givenBack = charged.filter((each) => each.givenBack > 0).length
  return [
    fact('Charged at the provider − given back = confirmed', dollars(due), dollars(kept(charged))),
    fact('Charges that were given back', 1, givenBack),
    fact('Orders with one charge at most, and the right one', orders.length, right.length),
    ...(await lettersToCustomers(client, orders)),
  ]
}

const isConfirmed = ({ status }: Order) => status === 'confirmed'
const dollars = (minor: number) => formatMoney(minor, 'USD')

/** Each customer is told once how it came out; and who has bought, once more, a day later. */
async function lettersToCustomers(client: Client, orders: Order[]): Promise<Fact[]> {
  const keys = await client.letterKeys()
  const told = orders.filter(({ id, ...order }) => {
    const own = keys.filter((key) => key.startsWith(`order/${id}/`) && !key.endsWith('/reminder'))
    return own.length === 1 && own[0]?.endsWith(isConfirmed({ id, ...order }) ? '/confirmation' : '/not-confirmed')
  })
  const reminded = orders.filter(({ id }) => keys.filter((key) => key === `order/${id}/reminder`).length === 1)
  return [
    fact('Customers who were told once how it came out', orders.length, told.length),
    fact('Customers who were reminded once', orders.filter(isConfirmed).length, reminded.length),
    fact('Reminders in all', orders.filter(isConfirmed).length, keys.filter((key) => key.endsWith('/reminder')).length),
  ]
}
