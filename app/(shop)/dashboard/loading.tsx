export default function Loading() {
  return (
    <div aria-busy className="flex flex-col gap-10">
      <span className="sr-only">Loading</span>
      <div className="h-14 w-64 rounded-control bg-line/60" />
      <div className="h-44 w-full rounded-control bg-line/40" />
    </div>
  )
}
