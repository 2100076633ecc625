import type { CardField, TypedCard } from './card-form'
import { PAGE_STYLE } from './page-style'

/** The cards that the page offers to be tried, and what each of them does. */
const OFFERED: [string, string][] = [
  ['4242 4242 4242 4242', 'is saved, and every charge succeeds'],
  ['4000 0000 0000 0341', 'is saved, and every charge is declined'],
  ['4000 0025 0000 3155', 'asks the customer to authenticate, once'],
  ['4000 0027 6000 3184', 'is saved, and every charge wants the customer to be there'],
  ['4000 0082 6000 3178', 'is saved, and has too little money for every charge'],
  ['4000 0000 0000 0002', 'is declined here already'],
]

export type CardPage = {
  path: string
  cancelUrl: string | null
  /** Undefined where the customer has to tell it. */
  email: string | null | undefined
  typed?: TypedCard
  fields?: Partial<Record<CardField, string>>
  /** What the bank said. */
  message?: string
}

/** The page that takes a card. */
export function cardPage({ path, cancelUrl, email, typed, fields = {}, message }: CardPage): string {
  const field = (name: CardField, label: string, more: string) =>
    inputOf(name, label, more, typed?.[name], fields[name])
  return document(
    'Save your card',
    `${cancelUrl ? `<a class="back" href="${escaped(cancelUrl)}">← Back</a>` : ''}
<h1>Save your card</h1>
<p class="quiet">It is kept for the payment that you agree to.</p>
${message ? `<p class="refusal" role="alert">${escaped(message)}</p>` : ''}
<form method="post" action="${escaped(path)}" novalidate>
${email ? `<p class="email"><span class="quiet">Email</span> ${escaped(email)}</p>` : field('email', 'Email', 'type="email" autocomplete="email"')}
${field('number', 'Card number', 'inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234"')}
<div class="pair">
${field('expiry', 'Expiry', 'inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY"')}
${field('cvc', 'Security code', 'inputmode="numeric" autocomplete="cc-csc" placeholder="CVC"')}
</div>
${field('name', 'Name on the card', 'autocomplete="cc-name"')}
<button type="submit">Save card</button>
</form>
${offeredCards()}`,
  )
}

/** The page of the customer's bank. */
export function authenticationPage(path: string): string {
  return document(
    'Authentication',
    `<h1>Your bank asks whether this is you</h1>
<p class="quiet">This is the page that a bank shows. Here you are the one who decides what it finds.</p>
<form method="post" action="${escaped(path)}/authenticate" class="choices">
<button type="submit" name="outcome" value="complete">Complete authentication</button>
<button type="submit" name="outcome" value="fail" class="other">Fail authentication</button>
</form>`,
  )
}

/** What somebody finds who looks in at the sandbox's own address. */
export function homePage(): string {
  return document(
    'Payment sandbox',
    `<h1>Payment sandbox</h1>
<p class="quiet">It stands in for Stripe on this machine. A checkout leads to its page for a card.</p>
${offeredCards()}`,
  )
}

/** A page that only says something. */
export function wordsPage(title: string, words: string): string {
  return document(title, `<h1>${escaped(title)}</h1>\n<p class="quiet">${escaped(words)}</p>`)
}

function inputOf(name: CardField, label: string, more: string, value = '', wrong?: string): string {
  const error = wrong ? `<p class="wrong" id="${name}-wrong">${escaped(wrong)}</p>` : ''
  const invalid = wrong ? ` aria-invalid="true" aria-describedby="${name}-wrong"` : ''
  return `<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${escaped(value)}" ${more}${invalid} required>${error}</div>`
}

function offeredCards(): string {
  const rows = OFFERED.map(([number, does]) => `<tr><td><code>${number}</code></td><td>${does}</td></tr>`).join('\n')
  return `<details open><summary>Cards to try</summary>
<p class="quiet">With any date to come and any three digits.</p>
<table><tbody>
${rows}
</tbody></table></details>`
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<p class="banner">Payment sandbox: no money moves.</p>
<main>
${body}
</main>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
