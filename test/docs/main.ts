import { readFileSync, writeFileSync } from 'node:fs'
import { withDifferences } from './differences'

/** `npm run docs`: brings the parts of the documents that are made from code up to date. */
const PAGE = new URL('../../ARCHITECTURE.md', import.meta.url)
writeFileSync(PAGE, withDifferences(readFileSync(PAGE, 'utf8')))
