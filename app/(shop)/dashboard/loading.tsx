export default function Loading() {
  return (
    <div aria-busy className="flex flex-col gap-10">
      <span className="sr-only">Loading</span>
      <div className="h-16 w-64 rounded-control bg-line/60" />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="h-56 rounded-control bg-line/40" />
        <div className="h-56 rounded-control bg-line/40" />
      </div>
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
        <div className="h-72 rounded-control bg-line/40" />
        <div className="h-72 rounded-control bg-line/40" />
      </div>
    </div>
  )
}
