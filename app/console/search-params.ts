/** What an address bar may hold under one name: a text, or nothing that is of use. */
export function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
