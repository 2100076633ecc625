import type { ReportLetterProps } from './report'

export const reportNames = { daily: 'daily report', weekly: 'weekly digest', monthly: 'monthly report' } as const
/** What each type's period stands beside. */
export const periodsBefore = { daily: 'day before', weekly: 'week before', monthly: 'month before' } as const

/** The text part of the letter with a report. */
export function reportText(letter: Omit<ReportLetterProps, 'chartUrl' | 'chartWords'>): string {
  const { type, shopName, period, reportUrl, unsubscribeUrl } = letter
  const parts = [
    ['Backroom'],
    [shopName, period],
    letter.figures.map((figure) => `${figure.label}: ${figure.now} (${periodsBefore[type]}: ${figure.before})`),
    part(
      'Best products',
      letter.bestProducts.map(
        ({ title, sold, revenue, revenueBefore }) =>
          `${title}: ${sold} sold, ${revenue}${revenueBefore ? ` (${periodsBefore[type]}: ${revenueBefore})` : ''}`,
      ),
    ),
    part('Running low', [
      ...letter.lowStock.map(({ title, left }) => `${title}: ${left} left`),
      ...letter.moreLowStock,
    ]),
    part('Needs you', letter.failures),
    [`Open the report: ${reportUrl}`],
    [
      `You get the ${reportNames[type]} of ${shopName} because its owner has asked for it.`,
      `No more of these: ${unsubscribeUrl}`,
    ],
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.replaceAll(/\s+/g, ' ')).join('\n'))
    .join('\n\n')
}

const part = (title: string, lines: string[]) => (lines.length > 0 ? [title, ...lines] : [])
