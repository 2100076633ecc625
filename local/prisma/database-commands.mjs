import pg from 'pg'
import { withoutSchema } from './migration-adapter.mjs'

/** Makes the database that an address names. @returns its name. */
export async function createDatabase(address) {
  const name = nameOf(address)
  await onServer(address, (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`))
  return name
}

const commands = {
  'can-connect-to-database': async (address) => {
    const client = new pg.Client(withoutSchema(address))
    await client.connect()
    await client.end()
    say('INFO', { message: 'Connection successful' })
  },
  'create-database': createDatabase,
  'drop-database': (address) =>
    onServer(address, (client) =>
      client.query(`DROP DATABASE ${client.escapeIdentifier(nameOf(address))} WITH (FORCE)`),
    ),
}

/** The engine's `cli` commands. A failure is told on stderr in the engine's own shape, from which Prisma makes its message. */
export async function runCommand(command, address) {
  try {
    await commands[command](address)
  } catch (error) {
    say('INFO', { message: 'schema engine' })
    say('ERROR', { is_panic: false, ...failureOf(error, address) })
    process.exit(1)
  }
}

function failureOf(error, address) {
  const { host } = new URL(address)
  if (error.code === '3D000') {
    const message = `Database \`${nameOf(address)}\` does not exist on the database server at \`${host}\`.`
    return { message, error_code: 'P1003', meta: { database_name: nameOf(address) } }
  }
  if (error.code === 'ECONNREFUSED' || error.errors)
    return {
      message: `Can't reach database server at \`${host}\``,
      error_code: 'P1001',
      meta: { database_location: host },
    }
  if (error.code === '28P01')
    return { message: 'Authentication failed against database server', error_code: 'P1000', meta: {} }
  return { message: error.message, error_code: 'P1010', meta: {} }
}

async function onServer(address, work) {
  const url = new URL(withoutSchema(address))
  url.pathname = '/postgres'
  const client = new pg.Client(url.href)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function nameOf(address) {
  return decodeURIComponent(new URL(address).pathname.slice(1))
}

function say(level, fields) {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
