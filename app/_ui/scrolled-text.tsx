import type { ReactNode } from 'react'

/** A text in mono that scrolls when it is long, by keyboard too. */
export function ScrolledText({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={label}
      className="max-h-150 overflow-auto p-3"
    >
      <pre className="font-mono text-12 break-words whitespace-pre-wrap">{children}</pre>
    </section>
  )
}
