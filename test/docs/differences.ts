import { cases } from '../contract/cases'

/** The list of deliberate differences from Inngest's server, made from the contract's own tags. */
export function differencesList(): string {
  return cases.flatMap(({ title, tag }) => (tag === 'portable' ? [] : [`- **${title}.** ${tag.ours}`])).join('\n')
}
