import type { Fact } from './fact'

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Tells the story in the terminal: a spinner while something happens, a tick when it has. */
export class Teller {
  constructor(private readonly isJson: boolean) {}

  async during<T>(text: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    const spinner = this.spin(text)
    try {
      const result = await work()
      this.end(spinner, `✓ ${text}`, startedAt)
      return result
    } catch (error) {
      this.end(spinner, `✗ ${text}`, startedAt)
      throw error
    }
  }

  /** The table at the end, and the facts as JSON on the last line where that was asked for. */
  conclude(facts: Fact[], seconds: number): void {
    const width = Math.max(...facts.map(({ text }) => text.length))
    console.log()
    for (const { text, expected, found, isTrue } of facts) {
      console.log(
        `  ${isTrue ? '✓' : '✗'} ${text.padEnd(width)}  ${shown(found)}${isTrue ? '' : `, expected ${shown(expected)}`}`,
      )
    }
    console.log(`\n  ${seconds.toFixed(1)} s in all`)
    if (this.isJson)
      console.log(
        JSON.stringify({ ok: facts.every(({ isTrue }) => isTrue), seconds: Number(seconds.toFixed(2)), facts }),
      )
  }

  private spin(text: string): NodeJS.Timeout | undefined {
    if (!process.stdout.isTTY) return undefined
    let frame = 0
    return setInterval(() => process.stdout.write(`\r  ${frames[frame++ % frames.length]} ${text}`), 80)
  }

  private end(spinner: NodeJS.Timeout | undefined, line: string, startedAt: number): void {
    clearInterval(spinner)
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    process.stdout.write(`${spinner ? '\r\u001b[K' : ''}  ${line} (${seconds} s)\n`)
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none'
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, n]) => `${n} ${name}`)
      .join(', ')
  return String(value)
}
