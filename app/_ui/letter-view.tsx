import { ScrolledText } from './scrolled-text'

export type LetterScheme = 'light' | 'dark'

/** How a letter is to be shown, from an address bar. */
export const letterScheme = (text: unknown): LetterScheme => (text === 'dark' ? 'dark' : 'light')

/**
 * A letter as its reader sees it. The frame is sandboxed: nothing that a letter holds can run or reach out.
 * @param scheme how mail programs are told to show it; the looker's own way where it is left out.
 */
export function LetterView({
  subject,
  html,
  text,
  scheme,
}: {
  subject: string
  html: string
  text: string
  scheme?: LetterScheme
}) {
  return (
    <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
      <iframe
        title={`The letter “${subject}”`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcDoc={scheme ? shownIn(html, scheme) : html}
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

/** Answers what the letter's style asks of the reader's mail program, as that would. */
function shownIn(html: string, scheme: LetterScheme): string {
  return html.replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
}
