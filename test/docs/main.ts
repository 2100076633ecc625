import { readFileSync, writeFileSync } from 'node:fs'
import { madeParts } from './made-parts'

/** `npm run docs`: brings the parts of the documents that are made from code up to date. */
for (const [name, upToDate] of Object.entries(madeParts)) {
  const page = new URL(`../../${name}`, import.meta.url)
  writeFileSync(page, upToDate(readFileSync(page, 'utf8')))
}
