import type { Client } from './client'
import { closeAccountOf } from './close'
import type { Teller } from './teller'

/** Somebody in the story, and the letters that should have reached them in the end. */
export type Person = { name: string; email: string; shopName: string; letters: string[] }

export const people = {
  idle: {
    name: 'Ida',
    email: 'ida@example.com',
    shopName: 'Ida’s Lamps',
    letters: ['welcome', 'verify-email', 'tips', 're-engagement'],
  },
  active: {
    name: 'Ann',
    email: 'ann@example.com',
    shopName: 'Ann’s Bakery',
    letters: ['welcome', 'verify-email', 'tips'],
  },
  leaving: {
    name: 'Leo',
    email: 'leo@example.com',
    shopName: 'Leo’s Bikes',
    letters: ['welcome', 'verify-email', 'tips'],
  },
} satisfies Record<string, Person>

/** Four days, told as they happen. */
export async function tellStory(client: Client, teller: Teller): Promise<Person[]> {
  const { idle, active, leaving } = people
  for (const { name, email, shopName } of [idle, active, leaving]) {
    const form = { name, email, shopName, password: 'correct horse battery', timeZone: 'Europe/Berlin' }
    await teller.during(`${name} signs up with ${shopName}`, () => client.signUp(form))
  }
  await teller.during('The welcome letters go out', () => client.move('1m'))
  await teller.during('A day goes by: tips for the first day', () => client.move('24h'))
  await teller.during(`${active.name} comes back and looks at the dashboard`, () => client.visit(active.email))
  await teller.during(`${leaving.name} closes the account on day two`, () => closeAccountOf(client, leaving.email))
  await teller.during('Three days go by: a reminder for whoever has not been back', () => client.move('3d'))
  await teller.during('A week goes by, and nothing more is sent', () => client.move('7d'))
  return [idle, active, leaving]
}
