import type { Books } from './books'
import { bringCatalogue } from './catalogue'
import type { Client } from './client'
import type { Fact } from './fact'
import { checkFirstDays, endFirstDays, people, signUpAll } from './first-days'
import { checkMoney } from './money'
import { checkMorning, reportMorning } from './morning'
import { placeOrders } from './orders'
import { checkShop } from './shop'
import type { Teller } from './teller'
import { readWork, settleAll } from './work'

/** The days of three shops, and a morning of fifty, told as they happen. @returns what must have become true by them. */
export async function tellStory(client: Client, books: Books, teller: Teller): Promise<Fact[]> {
  await signUpAll(client, teller)
  await bringCatalogue(client, books, teller, people.active)
  await placeOrders(client, books, teller, people.active)
  await endFirstDays(client, teller)
  const shops = await reportMorning(client, books, teller)
  await teller.during('Everything comes to rest', () => settleAll(client, books))
  return [
    ...(await checkFirstDays(books)),
    ...(await checkShop(books)),
    ...(await checkMoney(client, books)),
    ...(await checkMorning(client, books, shops)),
    ...(await readWork(books)),
  ]
}
