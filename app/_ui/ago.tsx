'use client'

import { useEffect, useState } from 'react'
import { agoWords } from './words'

const EVERY_MS = 10_000

/**
 * Time since an instant, which goes on while the page is open.
 * @param now business time when the page was made: the browser's own clock may be elsewhere.
 */
export function Ago({ at, now, exact }: { at: number; now: number; exact: string }) {
  const [passedMs, setPassedMs] = useState(0)
  useEffect(() => {
    const beganAt = performance.now()
    setPassedMs(0)
    const timer = setInterval(() => setPassedMs(performance.now() - beganAt), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={new Date(at).toISOString()} title={exact} className="whitespace-nowrap">
      {agoWords(new Date(at), new Date(now + passedMs))}
    </time>
  )
}
