/** The one who is signed up at the first start, and is operator in local mode. */
export const demoUser = {
  name: 'Dana',
  email: 'demo@backroom.test',
  shopName: 'Corner Shop',
  timeZone: 'America/New_York',
}

/** Owners of other shops, so that the console has something to show from the first minute on. */
export const demoOwners = [
  { name: 'Rosa', email: 'rosa@backroom.test', shopName: 'Rosa’s Flowers', timeZone: 'Europe/Madrid' },
  { name: 'Teo', email: 'teo@backroom.test', shopName: 'Teo’s Bikes', timeZone: 'Europe/Amsterdam' },
  { name: 'Mira', email: 'mira@backroom.test', shopName: 'Mira’s Books', timeZone: 'America/Chicago' },
]
