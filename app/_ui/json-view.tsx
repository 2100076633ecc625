import type { ReactNode } from 'react'
import { CopyText } from './copy'
import { ScrolledText } from './scrolled-text'

const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g

/** A value as it was kept: indented, with names and values told apart, and copied by one press. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = JSON.stringify(value, null, 2) ?? 'null'
  return (
    <CodeBlock label={label} text={text}>
      {painted(text)}
    </CodeBlock>
  )
}

/** A text in mono, such as a stack. */
export function CodeView({ text, label }: { text: string; label: string }) {
  return (
    <CodeBlock label={label} text={text}>
      {text}
    </CodeBlock>
  )
}

function CodeBlock({ label, text, children }: { label: string; text: string; children: ReactNode }) {
  return (
    <figure className="min-w-0 rounded-surface border border-line bg-surface">
      <figcaption className="flex items-center justify-between gap-3 border-b border-line px-3 py-1.5 text-12 text-quiet">
        {label}
        <CopyText text={text} label={label} shown="Copy" />
      </figcaption>
      <ScrolledText label={label}>{children}</ScrolledText>
    </figure>
  )
}

function painted(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, word, number] = match
    parts.push(text.slice(end, match.index))
    const look = colon ? 'text-ink' : string ? 'text-completed' : word ? 'text-waiting' : number ? 'text-running' : ''
    parts.push(
      <span key={match.index} className={look}>
        {whole}
      </span>,
    )
    end = match.index + whole.length
  }
  parts.push(text.slice(end))
  return parts
}
