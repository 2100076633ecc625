const lines = Array.from({ length: 8 }, (_, n) => n)

/**
 * As high as a list will be, so that nothing moves when it comes.
 * @param tools how high what stands above the tabs is on a phone, as a class.
 */
export function ListLoading({ tools }: { tools: string }) {
  return (
    <div aria-busy className="flex flex-col gap-5">
      <span className="sr-only">Loading</span>
      <div className="flex h-11 items-center justify-between sm:h-10">
        <div className="h-6 w-32 rounded-control bg-raised" />
        <div className="h-10 w-32 rounded-control bg-raised" />
      </div>
      <div className={`${tools} rounded-control bg-raised sm:h-8`} />
      <div className="h-11 border-b border-line sm:h-9" />
      <div className="border-t border-line md:mt-4">
        {lines.map((n) => (
          <div key={n} className="flex h-19 items-center border-b border-line md:h-14">
            <div className="h-3 rounded-control bg-raised" style={{ width: `${60 - (n % 4) * 9}%` }} />
          </div>
        ))}
      </div>
    </div>
  )
}
