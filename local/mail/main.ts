import { runAsProgram } from '../sandbox/program'
import { startMailSandbox } from './sandbox'

/** The mail sandbox as a program of its own: MAIL_PORT, BACKROOM_DATA_DIR. */
const sandbox = await startMailSandbox({
  port: Number(process.env.MAIL_PORT ?? 0),
  dir: process.env.BACKROOM_DATA_DIR ?? '.data',
})
runAsProgram('mail sandbox', sandbox)
