import { Prisma } from './db'

/** What a word begins after. */
const starts = ['', '% ', '%\n', '%-', '%/']

/**
 * That what a row is searched by (its column `searchText`) holds a word that is searched for, as SQL.
 *
 * One index knows three letters in a row, or the first ones of a word; on a server whose character type is C, as that of
 * the embedded one is, plain Latin letters and digits alone. Another knows all letters beyond ASCII, in pairs. Asked for
 * anything else they would be read from end to end, those of all shops with them, and so they aren't: then only the rows
 * of one shop are looked through.
 */
export function holds(word: string): Prisma.Sql {
  const plain = word.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
  if (/[a-z0-9]{3}/i.test(plain)) return isLike('%', word)
  const part = Prisma.sql`strpos("searchText", "foldText"(${word})) > 0`
  if (/[^\p{ASCII}]/u.test(plain)) return Prisma.sql`${hasLettersOf(word)} AND ${part}`
  if (/^[a-z0-9]/i.test(plain))
    return Prisma.sql`(${Prisma.join(
      starts.map((start) => isLike(start, word)),
      ' OR ',
    )})`
  return part
}

const isLike = (start: string, word: string) =>
  Prisma.sql`"searchText" LIKE ${start} || "foldText"(${literal(word)}) || '%'`

/** The first condition is that of the index. */
const hasLettersOf = (word: string) => Prisma.sql`
  octet_length("searchText") > char_length("searchText")
  AND "otherLetters"("searchText") @> "otherLetters"("foldText"(${word}))`

/** What has a meaning in a pattern means itself. */
const literal = (word: string) => word.replace(/[\\%_]/g, '\\$&')
