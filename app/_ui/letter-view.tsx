/** A letter as its reader sees it. The frame is sandboxed: nothing that a letter holds can run or reach out. */
export function LetterView({ subject, html, text }: { subject: string; html: string; text: string }) {
  return (
    <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
      <iframe
        title={`The letter “${subject}”`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcDoc={html}
        className="h-150 w-full rounded-surface border border-line bg-raised"
      />
      <section className="flex flex-col gap-2" aria-label="Text part">
        <h2 className="font-medium">Text part</h2>
        <pre className="overflow-x-auto rounded-surface border border-line p-4 font-mono text-12 whitespace-pre-wrap">
          {text}
        </pre>
      </section>
    </div>
  )
}
