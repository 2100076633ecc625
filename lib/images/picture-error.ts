import { NonRetriableError } from 'inngest'

/** The picture itself is at fault: another try would end in the same way. The message is for its owner. */
export class PictureError extends NonRetriableError {
  /** An error comes back from a run's memo as its words alone; by these it is known. */
  static readonly MARK = 'The picture is damaged'

  constructor(cause: unknown) {
    super(`${PictureError.MARK} and can’t be read to its end. Save it once more and upload that.`, { cause })
  }
}
