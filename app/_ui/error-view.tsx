import { CodeView } from './json-view'

type ShownError = { name: string; message: string; stack?: string; code?: string; cause?: ShownError }

/** What went wrong, in its own words, with the chain of causes; where it stood in the code is a press away. */
export function ErrorView({ error }: { error: ShownError }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="break-words">
        <span className="font-mono text-12 font-medium text-failed">{error.name}</span>{' '}
        {error.code ? <span className="font-mono text-12 text-quiet">{error.code}</span> : null}
        <br />
        {error.message}
      </p>
      {error.stack ? (
        <details>
          <summary className="cursor-pointer text-quiet hover:text-ink">Stack</summary>
          <div className="pt-2">
            <CodeView text={error.stack} label={`Stack of ${error.name}`} />
          </div>
        </details>
      ) : null}
      {error.cause ? (
        <div className="border-l-2 border-failed-line pl-3">
          <p className="text-12 text-quiet">Caused by</p>
          <ErrorView error={error.cause} />
        </div>
      ) : null}
    </div>
  )
}

/** An error as the ledger keeps one; anything else becomes its own words. */
export function shownError(value: unknown): ShownError {
  if (typeof value === 'object' && value !== null && 'message' in value) return value as ShownError
  return { name: 'Error', message: typeof value === 'string' ? value : JSON.stringify(value) }
}
