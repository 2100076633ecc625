import { signUp } from '../lib/accounts/sign-up'
import { closeDb } from '../lib/db'

/** Makes the demo user and shop by signing them up, so that their onboarding begins as anybody's does. */
const password = process.env.DEMO_PASSWORD
if (!password) throw new Error('DEMO_PASSWORD is missing; `npm start` and `npm run dev` make one.')
await signUp(
  { name: 'Dana', email: 'demo@backroom.test', password, shopName: 'Corner Shop', timeZone: 'America/New_York' },
  { isSeed: true },
)
await closeDb()
