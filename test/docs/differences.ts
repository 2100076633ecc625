import { cases } from '../contract/cases'

/** The list of deliberate differences from Inngest's server, made from the contract's own tags. */
export function differencesList(): string {
  return cases.flatMap(({ title, tag }) => (tag === 'portable' ? [] : [`- **${title}.** ${tag.ours}`])).join('\n')
}

const [BEGIN, END] = ['<!-- differences -->', '<!-- /differences -->']

/** A page with the list put between its marks. */
export function withDifferences(page: string): string {
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`the page has no ${BEGIN} … ${END}`)
  return `${before}${BEGIN}\n${differencesList()}\n${END}${after}`
}
