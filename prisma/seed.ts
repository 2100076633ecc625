import { signUp } from '../lib/accounts/sign-up'
import { now } from '../lib/clock'
import { closeDb, db } from '../lib/db'
import { env } from '../lib/env'
import { publish } from '../lib/outbox/publish'
import { demoOwners, demoUser } from '../local/demo-people'
import { DOMAINS } from '../local/mail/recipients'
import { demoProducts } from './demo-products'
import { writeHistory } from './orders/write'
import { addPictures } from './pictures/write'
import { requestReports } from './reports'

/**
 * What there is to look at after the first start: people who sign up in the way in which everybody does, so that their
 * onboarding begins, letters that the mail sandbox answers badly, on purpose, and the demo user's shop, with what it sells,
 * the orders of three months, and the reports of the last weeks. Safe to repeat.
 */
const password = process.env.DEMO_PASSWORD
if (!password) throw new Error('DEMO_PASSWORD is missing; `npm start` and `npm run dev` make one.')

// The operator first: the first failure of each kind is told to whoever is operator by then.
await signUp({ ...demoUser, password }, { isSeed: true, isOperator: true })
// The real provider is not asked to deliver what is meant to fail.
if (!env().email.resendApiKey) await publishLetters()
await fillShop()
// Last: with all of them there, the next start takes all of it for done.
await Promise.all(demoOwners.map((owner) => signUp({ ...owner, password }, { isSeed: true })))
await closeDb()

async function publishLetters(): Promise<void> {
  const letters = [
    { to: `anna@${DOMAINS.refused}`, subject: 'A letter that the sandbox refuses, on purpose' },
    { to: `ben@${DOMAINS.refused}`, subject: 'Another letter that the sandbox refuses, on purpose' },
    { to: `cleo@${DOMAINS.suppressed}`, subject: 'A letter to an address that the sandbox suppresses, on purpose' },
    { to: `dora@${DOMAINS.busy}`, subject: 'A letter that the sandbox takes at a later try only, on purpose' },
  ]
  await db().$transaction(async (tx) => {
    for (const { to, subject } of letters) {
      const key = `seed/${to}`
      const template = 'getting-started-tips' as const
      const data = { name: 'there', shopName: demoUser.shopName, dashboardUrl: `${env().appUrl}/dashboard` }
      await publish(tx, { name: 'email/requested', id: `email/${key}`, data: { to, subject, template, data, key } })
    }
  })
}

/** A start that was broken off goes on where it was; a shop that has products has been made, whatever they are by now. */
async function fillShop(): Promise<void> {
  const shop = await db().account.findFirstOrThrow({ where: { owner: { email: demoUser.email } } })
  const { stripeSecretKey, stripeBaseUrl } = env().payments
  const paymentsUrl = stripeSecretKey ? undefined : stripeBaseUrl
  if (!(await db().product.findFirst({ where: { accountId: shop.id } })))
    await writeHistory(shop, demoProducts, { now: now(), paymentsUrl })
  await addPictures(shop.id, now())
  await requestReports(shop.ownerId, shop, now())
}
