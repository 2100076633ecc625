'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'

const SHOWN_MS = 1_500

/** A text in mono that is copied when it is pressed; a long id shows its end, by which ids differ. */
export function CopyText({ text, label, shown = text }: { text: string; label: string; shown?: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text).catch(() => undefined)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  const Icon = isCopied ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      title={text}
      aria-label={isCopied ? `${label} copied` : `Copy ${label} ${text}`}
      className="inline-flex max-w-full items-center gap-1.5 rounded-control font-mono text-12 text-quiet hover:text-ink"
    >
      <span className="truncate">{shown}</span>
      <Icon aria-hidden className="shrink-0" size={12} strokeWidth={1.5} />
    </button>
  )
}
