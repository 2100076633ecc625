/** What a shop that is closed has in the place of all that it sold. */
export default function NotFound() {
  return (
    <section className="flex flex-col gap-1 py-8">
      <h1 className="text-20 font-semibold">This shop is closed</h1>
      <p className="max-w-prose text-quiet">
        Nothing can be ordered here any more. What you ordered before is still found by the link in your letter.
      </p>
    </section>
  )
}
