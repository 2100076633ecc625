/** Digits in groups, as many as a card number has or more, from where such a row begins. */
const digitRows = /(?<![a-z0-9]|\d[ .-])\d(?:[ -]?\d){12,}/gi

/** How many digits the numbers of a card scheme have, by their first ones. */
const schemes: [first: RegExp, lengths: number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(5[1-5]|2[2-7])/, [16]],
  [/^3[47]/, [15]],
  [/^3[068]/, [14, 15, 16, 17, 18, 19]],
  [/^6/, [13, 14, 15, 16, 17, 18, 19]],
  [/^35/, [16, 17, 18, 19]],
]

/** Whether the digits are those of a card: a scheme's first ones and length, and a last one that is right by Luhn's rule. */
export function isCardNumber(digits: string): boolean {
  return schemes.some(([first, lengths]) => lengths.includes(digits.length) && first.test(digits)) && isLuhn(digits)
}

/** The text with each card number in it replaced; other digits may stand beside one, such as its expiry. */
export function redactCards(text: string, replacement: string): string {
  return text.replace(digitRows, (row) => {
    const parts = row.split(/([ -])/)
    const shown: string[] = []
    for (let from = 0; from < parts.length; ) {
      const to = cardFrom(parts, from)
      shown.push(to === undefined ? (parts[from] ?? '') : replacement)
      const next = to ?? from + 1
      shown.push(parts[next] ?? '')
      from = next + 1
    }
    return shown.join('')
  })
}

const LEAST_DIGITS = 13
const MOST_DIGITS = 19

/** Where the card number ends that begins at this group; groups stand at the even places, what parts them between. */
function cardFrom(parts: string[], from: number): number | undefined {
  let digits = ''
  for (let at = from; at < parts.length && digits.length <= MOST_DIGITS; at += 2) {
    digits += parts[at]
    if (digits.length >= LEAST_DIGITS && isCardNumber(digits)) return at + 1
  }
  return undefined
}

function isLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const doubled = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
