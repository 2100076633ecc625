/** Runs a sandbox as a program of its own, which ends when it is told to, or when its starter's pipe closes. */
export function runAsProgram(name: string, { url, stop }: { url: string; stop: () => Promise<void> }): void {
  const end = () => stop().then(() => process.exit(0))
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.stdin.on('close', end).resume()
  process.stdout.write(`${JSON.stringify({ msg: `${name} ready`, url })}\n`)
}
