/** A request that is refused; `message` names the field and says what would be right. */
export class Problem extends Error {
  override name = 'Problem'
  constructor(
    readonly status: number,
    message: string,
    /** More members of the answer's body. */
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message)
  }
}
