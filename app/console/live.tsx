'use client'

import { Pause, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { several } from '@/app/_ui/words'
import { followNews } from './follow-news'

/** However much happens, the page is made anew at most so often. */
const EVERY_MS = 1_000
/** Further down than this the reader reads; what is new waits above. */
const SCROLLED_PX = 120

/**
 * Keeps a page as new as the ledger: it hears what has news and asks for the page again. While the reader has paused
 * it, or reads further down a list, news is counted instead.
 * @param runId only this run's news.
 * @param isList what is new would push down what is being read.
 */
export function Live({ runId, isList = false }: { runId?: string; isList?: boolean }) {
  const router = useRouter()
  const [isPaused, setPaused] = useState(false)
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set())
  const [isRefreshing, begin] = useTransition()
  const heard = useRef(new Set<string>())

  const refresh = () => {
    setHeld(new Set())
    begin(() => router.refresh())
  }

  const show = () => {
    const isHolding = isPaused || (isList && scrollY > SCROLLED_PX)
    if (heard.current.size === 0 || document.hidden || (isRefreshing && !isHolding)) return
    const news = heard.current
    heard.current = new Set()
    if (isHolding) setHeld((before) => new Set([...before, ...news]))
    else refresh()
  }
  const showNow = useRef(show)
  showNow.current = show

  useEffect(() => {
    const unfollow = followNews(runId, (runIds) => {
      // No ids: this one run has news, or some may have been missed.
      for (const id of runIds.length ? runIds : ['']) heard.current.add(id)
    })
    // What was heard before a pause is not shown after it: only here is it decided.
    const timer = setInterval(() => showNow.current(), EVERY_MS)
    return () => {
      unfollow()
      clearInterval(timer)
    }
  }, [runId])

  const Icon = isPaused ? Play : Pause
  return (
    <>
      <button
        type="button"
        aria-pressed={isPaused}
        onClick={() => {
          if (isPaused) refresh()
          setPaused(!isPaused)
        }}
        className="inline-flex min-h-11 items-center gap-2 rounded-control px-2 text-quiet hover:bg-raised hover:text-ink sm:min-h-8"
      >
        <span
          aria-hidden
          className={`size-2 rounded-full ${isPaused ? 'border border-idle-line' : 'bg-completed-line'}`}
        />
        {isPaused ? 'Paused' : 'Live'}
        <Icon aria-hidden size={14} strokeWidth={1.5} />
        <span className="sr-only">{isPaused ? 'Go on' : 'Pause'}</span>
      </button>
      {held.size > 0 ? (
        <button
          type="button"
          onClick={() => {
            scrollTo({ top: 0 })
            refresh()
          }}
          className="fixed top-14 left-1/2 z-30 min-h-9 -translate-x-1/2 rounded-full border border-line bg-surface px-4 text-13 font-medium shadow-float lg:top-4"
        >
          {isList ? `${several(held.size, 'run')} with news: show` : 'There is news: show'}
        </button>
      ) : null}
    </>
  )
}
