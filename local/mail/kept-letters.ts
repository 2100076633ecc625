import type { SandboxLetter } from './letter'

/** The page of a letter as bytes: it is most of it, and as a text with a dash in it would take twice as much. */
type Kept = { letter: SandboxLetter; page: Buffer | undefined }

/** One with its page takes 40 kB: so many are some 160 MB. */
const MOST_LETTERS = 4_000
/** Counted off in one go, and not with each letter. */
const LETTERS_TOO_MANY = 400

/** The newest letters that the sandbox was sent. */
export class KeptLetters {
  private letters: Kept[] = []

  add(letters: readonly SandboxLetter[]): void {
    for (const letter of letters) this.letters.push(packed(letter))
    if (this.letters.length >= MOST_LETTERS + LETTERS_TOO_MANY) this.forgetOld()
  }

  /** Lets go of all but as many as are kept. */
  forgetOld(): void {
    this.letters = this.letters.slice(-MOST_LETTERS)
  }

  /** Those that are wanted, newest first. @param isWanted is asked about letters without their pages. */
  list(isWanted: (letter: SandboxLetter) => boolean = () => true, most = Number.POSITIVE_INFINITY): SandboxLetter[] {
    const found: SandboxLetter[] = []
    for (let i = this.letters.length - 1; i >= 0 && found.length < most; i--) {
      const kept = this.letters[i]
      if (kept && isWanted(kept.letter)) found.push(unpacked(kept))
    }
    return found
  }

  find(id: string): SandboxLetter | undefined {
    const found = this.letters.find(({ letter }) => letter.id === id)
    return found && unpacked(found)
  }

  *oldestFirst(): Iterable<SandboxLetter> {
    for (const kept of this.letters) yield unpacked(kept)
  }
}

function packed(sent: SandboxLetter): Kept {
  const { html, ...rest } = sent.letter
  if (typeof html !== 'string') return { letter: sent, page: undefined }
  return { letter: { ...sent, letter: rest }, page: Buffer.from(html) }
}

function unpacked({ letter, page }: Kept): SandboxLetter {
  return page ? { ...letter, letter: { ...letter.letter, html: page.toString() } } : letter
}
