type Line = { key: string; name: string; values: string[] }

type AsTableProps = {
  /** What it shows, where no heading near it does. */
  label?: string
  /** Of the first column and of those with values. */
  head: string[]
  lines: Line[]
  /** What is said where there is no line. */
  empty?: string
}

const cell = 'border-b border-line py-1.5 text-right'

/** What a chart shows, to read: folded away until somebody wants it. */
export function AsTable({ label, head, lines, empty }: AsTableProps) {
  return (
    <details className="text-13">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-quiet underline underline-offset-2 hover:text-ink sm:min-h-8 print:hidden">
        As a table
      </summary>
      {lines.length === 0 && empty ? (
        <p className="text-quiet">{empty}</p>
      ) : (
        <table aria-label={label} className="w-full">
          <thead className="text-12 text-quiet">
            <tr>
              {head.map((name) => (
                <th key={name} scope="col" className={`${cell} font-medium first:text-left`}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, name, values }) => (
              <tr key={key}>
                <th scope="row" className={`${cell} text-left font-normal`}>
                  {name}
                </th>
                {values.map((value, i) => (
                  <td key={head[i + 1]} className={cell}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}
