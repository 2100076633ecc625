import { NonRetriableError } from 'inngest'

const NAME = 'PictureError'

/** The picture itself is at fault: another try would end in the same way. The message is for its owner. */
export class PictureError extends NonRetriableError {
  override name = NAME

  constructor(cause: unknown) {
    super('The picture is damaged and can’t be read to its end. Save it once more and upload that.', { cause })
  }
}

/** Also of one that a run has kept: of its class only the name comes back. */
export const isPictureError = (error: unknown): error is Error => error instanceof Error && error.name === NAME
