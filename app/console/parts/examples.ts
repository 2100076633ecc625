import type { Bar, Segment } from '@/app/_ui/waterfall/waterfall'

const BEGAN = Date.UTC(2026, 10, 20, 9)
const DAY_MS = 24 * 3_600_000
const after = (ms: number) => new Date(BEGAN + ms)

const bar = (key: string, kind: string, status: Bar['status'], ms: number, segments: Segment[]): Bar => ({
  ...{ key, href: '#waterfall', name: key, kind, status, ms, segments },
})

/** The first days of an owner, with a letter that went out at the third attempt. */
export const exampleBars: Bar[] = [
  bar('onboarding-workflow', 'function', 'sleeping', DAY_MS + 7_900, [
    { from: after(0), to: after(90), look: 'lead', tone: 'idle' },
    { from: after(90), to: after(DAY_MS + 600_000), look: 'span', tone: 'idle' },
  ]),
  bar('send-welcome', 'run', 'completed', 310, [{ from: after(90), to: after(400), look: 'work', tone: 'completed' }]),
  bar('wait-24h', 'sleep', 'completed', DAY_MS, [
    { from: after(400), to: after(DAY_MS + 400), look: 'pause', tone: 'waiting', words: '1 d' },
  ]),
  bar('send-tips', 'run', 'completed', 3_900, [
    { from: after(DAY_MS + 400), to: after(DAY_MS + 700), look: 'work', tone: 'failed' },
    { from: after(DAY_MS + 700), to: after(DAY_MS + 1_900), look: 'pause', tone: 'retrying', words: '1.2 s' },
    { from: after(DAY_MS + 1_900), to: after(DAY_MS + 2_300), look: 'work', tone: 'failed' },
    { from: after(DAY_MS + 2_300), to: after(DAY_MS + 4_000), look: 'pause', tone: 'retrying', words: '1.7 s' },
    { from: after(DAY_MS + 4_000), to: after(DAY_MS + 4_300), look: 'work', tone: 'completed' },
  ]),
  bar('wait-3-days', 'sleep', 'sleeping', 595_700, [
    { from: after(DAY_MS + 4_300), to: after(DAY_MS + 600_000), look: 'pause', tone: 'waiting', words: '3 d' },
  ]),
]

export const exampleError = {
  name: 'NonRetriableError',
  message: 'The provider refused the letter: the domain is not verified.',
  stack: 'NonRetriableError: The provider refused the letter\n    at sendLetter (lib/emails/send-letter.ts:120:9)',
  cause: { name: 'ResendError', message: 'validation_error', code: '403' },
}
