/** Stands where lines will be, as high as they are, so that nothing moves when they come. */
export function Skeleton({ lines = 8 }: { lines?: number }) {
  return (
    <div aria-busy className="flex flex-col">
      <span className="sr-only">Loading</span>
      <div className="h-9 w-48 rounded-control bg-raised" />
      <div className="mt-5 border-b border-line">
        {Array.from({ length: lines }, (_, n) => n).map((n) => (
          <div key={n} className="flex h-11 items-center border-t border-line sm:h-9">
            <div className="h-3 rounded-control bg-raised" style={{ width: `${60 - (n % 4) * 9}%` }} />
          </div>
        ))}
      </div>
    </div>
  )
}
