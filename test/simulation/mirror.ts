import { readBinaryArray, readPlain } from '../support/read-parameter'

/** Rows that one statement of a commit writes, or takes away. */
export type Write = { table: string; isRemoval: boolean; rows: Row[] }
export type Row = Record<string, unknown>

const keys: Record<string, string[]> = {
  step: ['run_id', 'id'],
  wait: ['run_id', 'step_id'],
  claim: ['function_id', 'key'],
  cron: ['function_id', 'expression'],
  batch_event: ['event_id', 'function_id'],
  throttle: ['key'],
  meta: ['key'],
  signal: ['name'],
  pause: ['function_id'],
}

/** What the tables hold, as the commits that went through have left it. Whoever watches hears of each commit. */
export class Mirror {
  private readonly tables = new Map<string, Map<string, Row>>()
  readonly watchers: ((writes: Write[], before: (table: string, row: Row) => Row | undefined) => void)[] = []

  table(name: string): ReadonlyMap<string, Row> {
    return this.tables.get(name) ?? new Map()
  }

  rows(name: string): Row[] {
    return [...this.table(name).values()]
  }

  commit(writes: Write[]): void {
    const replaced = new Map<string, Row | undefined>()
    for (const { table, isRemoval, rows } of writes) {
      const held = this.tables.get(table) ?? new Map<string, Row>()
      this.tables.set(table, held)
      for (const row of rows) {
        const key = keyOf(table, row)
        if (!replaced.has(`${table} ${key}`)) replaced.set(`${table} ${key}`, held.get(key))
        if (isRemoval) held.delete(key)
        else held.set(key, row)
      }
    }
    for (const watch of this.watchers) watch(writes, (table, row) => replaced.get(`${table} ${keyOf(table, row)}`))
  }
}

function keyOf(table: string, row: Row): string {
  return (keys[table] ?? ['id']).map((column) => String(row[column])).join(' ')
}

/** A statement of the engine's commits as the rows that it writes; undefined for any other. */
export function readWrite({ text, values }: { text: string; values?: unknown[] }): Write | undefined {
  const put = /^INSERT INTO engine\.(\w+) \(([^)]*)\) (?:SELECT \* FROM unnest|VALUES )\(([^)]*)\)/.exec(text)
  const removal = /^DELETE FROM engine\.(\w+) WHERE \(([^)]*)\) (?:IN \(SELECT \* FROM unnest|= )\(([^)]*)\)/.exec(text)
  const found = put ?? removal
  if (!found?.[1] || !found[2] || !found[3] || !values) return undefined
  const [columns, types] = [found[2].split(','), found[3].split(',').map((param) => param.split('::')[1] ?? '')]
  const read = values.map((value, c) => readParameter(types[c] ?? '', value))
  const rows = Array.from({ length: read[0]?.length ?? 0 }, (_, i) =>
    Object.fromEntries(columns.map((column, c) => [column, read[c]?.[i]])),
  )
  return { table: found[1], isRemoval: removal !== null, rows }
}

/** What one parameter has for each row: those of one row alone are no arrays. */
function readParameter(type: string, value: unknown): unknown[] {
  if (type.endsWith('[]')) return readBinaryArray(value as Buffer)
  return [value === null ? null : readPlain(type, value as Buffer | string)]
}
