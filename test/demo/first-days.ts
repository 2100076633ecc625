import type { Books } from './books'
import type { Client } from './client'
import { closeAccountOf } from './close'
import { type Fact, fact } from './fact'
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

export async function signUpAll(client: Client, teller: Teller): Promise<void> {
  for (const { name, email, shopName } of Object.values(people)) {
    const form = { name, email, shopName, password: 'correct horse battery', timeZone: 'Europe/Berlin' }
    await teller.during(`${name} signs up with ${shopName}`, () => client.signUp(form))
  }
  await teller.during('The welcome letters go out', () => client.move('1m'))
}

/** What the days bring to who has signed up. */
export async function endFirstDays(client: Client, teller: Teller): Promise<void> {
  const { active, leaving } = people
  await teller.during('A day goes by: tips for new owners, and a letter to each who has bought', () =>
    client.move('24h'),
  )
  await teller.during(`${active.name} comes back and looks at the dashboard`, () => client.visit(active.email))
  await teller.during(`${leaving.name} closes the account on day two`, () => closeAccountOf(client, leaving.email))
  await teller.during('Three days go by: a reminder for whoever has not been back', () => client.move('3d'))
  await teller.during('A week goes by, and nothing more is sent', () => client.move('7d'))
}

export async function checkFirstDays(books: Books): Promise<Fact[]> {
  const facts: Fact[] = []
  for (const { name, email, letters } of Object.values(people))
    facts.push(await lettersFact(books, name, email, letters))
  return facts
}

async function lettersFact(books: Books, name: string, email: string, letters: string[]): Promise<Fact> {
  const rows = await books.rows<{ kind: string }>(
    `SELECT split_part(key, '/', 1) AS kind FROM "Letter" WHERE "to" = $1 AND status = 'sent' AND template <> 'report' ORDER BY "sentAt", "createdAt"`,
    [email],
  )
  const found = rows.map(({ kind }) => kind)
  const text = `Letters to ${name}`
  return { ...fact(text, [...letters].sort(), [...found].sort()), expected: letters, found }
}
