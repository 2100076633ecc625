/** The id of what an object of the provider refers to: it comes as an id alone, or whole where that was asked for. Pure. */
export function idOf(object: string | { id: string } | null | undefined): string | undefined {
  return typeof object === 'string' ? object : object?.id
}
