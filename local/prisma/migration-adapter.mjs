import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'

/** PostgreSQL's internal "char" type, which the catalogues use and the adapter doesn't know. */
const CHAR_OID = 18
const TEXT_OID = 25

/**
 * The PostgreSQL adapter, made fit for migrations. As it comes it is for queries: it doesn't map the type "char" of the
 * catalogues, splits a script at each semicolon (functions and texts have some too), and connects a shadow database to
 * the main one.
 */
export class MigrationAdapter extends PrismaPg {
  constructor(url) {
    super({ connectionString: withoutSchema(url), max: 2, idleTimeoutMillis: 0 }, schemaOf(url))
    this.url = url
  }

  async connect() {
    return mended(await super.connect())
  }

  async connectToShadowDb() {
    const main = await this.connect()
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    await main.executeScript(`CREATE DATABASE "${name}"`)
    const url = new URL(withoutSchema(this.url))
    url.pathname = `/${name}`
    const shadow = await new MigrationAdapter(url.href).connect()
    const dispose = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      // First its own pool: a database with a connection can't be dropped.
      await dispose()
      await main.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      await main.dispose()
    }
    return shadow
  }
}

/** A connection address without Prisma's own `schema` parameter. */
export function withoutSchema(address) {
  const url = new URL(address)
  url.searchParams.delete('schema')
  return url.href
}

function schemaOf(address) {
  const schema = new URL(address).searchParams.get('schema')
  return schema ? { schema } : undefined
}

function mended(connection) {
  const { queryRaw, startTransaction } = connection
  const perform = connection.performIO.bind(connection)
  connection.queryRaw = async (query) => {
    const result = await perform(query)
    const chars = (result.fields ?? []).flatMap((field, i) => (field.dataTypeID === CHAR_OID ? [i] : []))
    for (const i of chars) result.fields[i].dataTypeID = TEXT_OID
    const rows = await queryRaw.call({ performIO: async () => result, pgOptions: connection.pgOptions }, query)
    for (const i of chars) rows.columnTypes[i] = ColumnTypeEnum.Character
    return rows
  }
  if (startTransaction)
    connection.startTransaction = async (level) => mended(await startTransaction.call(connection, level))
  connection.executeScript = async (script) => {
    try {
      await (connection.underlyingDriver?.() ?? connection.client).query(script)
    } catch (error) {
      connection.onError(error)
    }
  }
  return connection
}
