'use client'

import { useEffect, useState } from 'react'
import { Dialog } from './dialog'

const keys = [
  ['/', 'Search'],
  ['j', 'Next line'],
  ['k', 'Line before'],
  ['Enter', 'Open the line'],
  ['Esc', 'Leave the search, the line or a dialog'],
  ['?', 'Show these keys'],
] as const

/** The keys of lists. They rest while somebody types, and while a dialog is open. */
export function Keys() {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"]')) return
      if (event.key === 'Escape') return (document.activeElement as HTMLElement | null)?.blur()
      if (isTyping(event.target)) return
      if (event.key === '?') setShown(true)
      else if (event.key === '/') focusOn(document.querySelector('input[type="search"]'), event)
      else if (event.key === 'j') focusOn(rowBeside(1), event)
      else if (event.key === 'k') focusOn(rowBeside(-1), event)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <button
        type="button"
        onClick={() => setShown(true)}
        className="hidden min-h-8 items-center gap-2 text-quiet hover:text-ink lg:flex"
      >
        <kbd className="rounded-[4px] border border-line px-1.5 font-mono text-12">?</kbd> Keys
      </button>
      <Dialog isOpen={isShown} onOpenChange={setShown} title="Keys">
        <dl className="grid grid-cols-[5rem_1fr] gap-y-2">
          {keys.map(([key, words]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="rounded-[4px] border border-line px-1.5 font-mono text-12">{key}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function focusOn(element: HTMLElement | null | undefined, event: KeyboardEvent): void {
  if (!element) return
  event.preventDefault()
  element.focus()
  element.closest('tr, li')?.scrollIntoView({ block: 'nearest' })
}

/** The line after, or before, the one that the keyboard is at; the first one where it is at none. */
function rowBeside(step: 1 | -1): HTMLElement | undefined {
  // A list may be in the page twice, for wide screens and for narrow ones; one of them is not shown.
  const rows = [...document.querySelectorAll<HTMLElement>('a[data-row]')].filter((row) => row.offsetParent !== null)
  const at = rows.indexOf(document.activeElement as HTMLElement)
  return at === -1 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + step))]
}
