/**
 * A page with a part that is made from code put between its marks, `<!-- name -->` and `<!-- /name -->`.
 * @throws when the page has no such marks.
 */
export function withMarked(page: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`the page has no ${begin} … ${end}`)
  return `${before}${begin}\n${part}\n${end}${after}`
}
