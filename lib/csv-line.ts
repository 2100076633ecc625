/**
 * One line of CSV. A spreadsheet takes a cell that begins like a formula for one, and would do what somebody else has
 * written: an apostrophe before it makes it a text. Pure.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(cell: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
