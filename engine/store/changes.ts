import type pg from 'pg'
import { beginCommit, type Commit } from './leadership'
import type { Statement } from './table'
import { type RowOf, type TableName, tables } from './tables'
import { commitAll } from './transaction'

type Change = { row: unknown; gone: boolean }

/** What one commit will write: for each row only its last state, however often it changed on the way. */
export class Changes {
  private readonly byTable = new Map<TableName, Map<string, Change>>()

  put<Name extends TableName>(name: Name, row: RowOf<Name>): void {
    this.note(name, row, false)
  }

  remove<Name extends TableName>(name: Name, row: RowOf<Name>): void {
    this.note(name, row, true)
  }

  get isEmpty(): boolean {
    return this.byTable.size === 0
  }

  /** Takes over what another set holds; the other's states are the newer ones. */
  merge(other: Changes): void {
    for (const [name, changes] of other.byTable) {
      const own = this.changesOf(name)
      for (const [key, change] of changes) own.set(key, change)
    }
  }

  /** One statement for all puts and one for all removals of each table that changed. */
  statements(): Statement[] {
    const statements: Statement[] = []
    for (const name of Object.keys(tables) as TableName[]) {
      const changes = [...(this.byTable.get(name)?.values() ?? [])]
      const table = tables[name] as { upsert(rows: unknown[]): Statement; remove(rows: unknown[]): Statement }
      const puts = changes.filter((change) => !change.gone).map((change) => change.row)
      const removals = changes.filter((change) => change.gone).map((change) => change.row)
      if (removals.length > 0) statements.push(table.remove(removals))
      if (puts.length > 0) statements.push(table.upsert(puts))
    }
    return statements
  }

  private note<Name extends TableName>(name: Name, row: RowOf<Name>, gone: boolean): void {
    const table = tables[name] as unknown as { keyOf(row: RowOf<Name>): string }
    // A copy: the aggregate goes on changing while the commit is under way.
    this.changesOf(name).set(table.keyOf(row), { row: { ...(row as object) }, gone })
  }

  private changesOf(name: TableName): Map<string, Change> {
    const known = this.byTable.get(name)
    if (known) return known
    const changes = new Map<string, Change>()
    this.byTable.set(name, changes)
    return changes
  }
}

/**
 * Writes a set of changes in one transaction, sent in one go, as long as the epoch holds.
 * @throws the first statement's error, when nothing was written; or a connection's, when that is not known.
 */
export async function writeChanges(client: pg.Client, changes: Changes, commit: Commit): Promise<void> {
  const statements = changes.statements()
  if (statements.length === 0) return
  await commitAll(client, [beginCommit(commit), ...statements])
}
