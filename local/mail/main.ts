import { startMailSandbox } from './sandbox'

/** The mail sandbox as a program of its own: MAIL_PORT, BACKROOM_DATA_DIR; it ends when its starter's pipe closes. */
const sandbox = await startMailSandbox({
  port: Number(process.env.MAIL_PORT ?? 0),
  dir: process.env.BACKROOM_DATA_DIR ?? '.data',
})
const stop = () => sandbox.stop().then(() => process.exit(0))
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.stdin.on('close', stop).resume()
process.stdout.write(`${JSON.stringify({ msg: 'mail sandbox ready', url: sandbox.url })}\n`)
