/** Something stands in the way of starting; `message` is the one sentence that the person who started it reads. */
export class StartError extends Error {
  override name = 'StartError'
}
