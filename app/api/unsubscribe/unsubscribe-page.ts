import { escapeHtml } from '@/lib/escape-html'

type About = { state: 'asked' | 'ended'; email: string } | { state: 'unknown' }

// A page of its own, without a script: mail programs show it, too. The colours are those of app/_ui/tokens.css.
const style = `
  :root { color-scheme: light dark; --paper: #f7f6f3; --text: #23211e; --quiet: #6b675f; --accent: #17603f; --on: #fff; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #191816; --text: #eceae6; --quiet: #a7a29a; --accent: #6cc49a; --on: #10241a; }
  }
  body { background: var(--paper); color: var(--text); margin: 0; padding: 48px 24px;
    font: 15px/24px Geist, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; }
  main { margin: 0 auto; max-width: 440px; }
  h1 { font-size: 20px; line-height: 28px; margin: 0 0 12px; }
  p { color: var(--quiet); margin: 0 0 20px; overflow-wrap: anywhere; }
  button { background: var(--accent); border: 0; border-radius: 6px; color: var(--on); cursor: pointer; font: inherit;
    font-weight: 500; padding: 10px 18px; }
  button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`

/** The page on which somebody ends letters of a kind. */
export function unsubscribePage(about: About): string {
  const { title, body } = wordsOf(about)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · Backroom</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`
}

function wordsOf(about: About): { title: string; body: string } {
  if (about.state === 'unknown')
    return { title: 'This link is not right', body: '<p>Open the letter again, and use its whole link.</p>' }
  const email = escapeHtml(about.email)
  if (about.state === 'ended')
    return { title: 'No more of these letters', body: `<p>${email} gets none of this kind from now on.</p>` }
  // Posted to where it came from, with the token.
  const form =
    '<form method="post"><button name="List-Unsubscribe" value="One-Click">No more of these letters</button></form>'
  return { title: 'Enough of these letters?', body: `<p>They come to ${email}.</p>${form}` }
}
