import { ScrolledText } from './scrolled-text'

/** A letter as its reader sees it. The frame is sandboxed: nothing that a letter holds can run or reach out. */
export function LetterView({ subject, html, text }: { subject: string; html: string; text: string }) {
  return (
    <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
      <iframe
        title={`The letter “${subject}”`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcDoc={html}
        className="h-150 w-full rounded-surface border border-line bg-surface"
      />
      <section className="flex min-w-0 flex-col gap-2" aria-label="Text part">
        <h2 className="font-medium">Text part</h2>
        <div className="rounded-surface border border-line bg-surface">
          <ScrolledText label="Text part of the letter">{text}</ScrolledText>
        </div>
      </section>
    </div>
  )
}
