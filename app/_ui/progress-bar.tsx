/** How far long work has come: a bar, and beside it the same in words. */
export function ProgressBar({
  label,
  percent,
  words,
}: {
  label: string
  percent: number
  /** Such as `resize, 1 of 3`. */
  words: string
}) {
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent} %: ${words}`}
        className="h-1.5 min-w-16 flex-1 overflow-hidden rounded-full bg-raised outline outline-line"
      >
        <div className="h-full bg-running-line transition-[width] duration-150" style={{ width: `${percent}%` }} />
      </div>
      <span className="font-mono text-12 text-quiet">{percent} %</span>
      <span className="truncate text-quiet">{words}</span>
    </div>
  )
}
