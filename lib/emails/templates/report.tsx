import { Img, Link, Section, Text } from 'react-email'
import { Action, Layout, Title } from './layout'
import { reportNames } from './report-text'

export type ReportLetterProps = {
  type: 'daily' | 'weekly' | 'monthly'
  shopName: string
  period: string
  reportUrl: string
  chartUrl: string
  chartWords: string
  figures: { label: string; now: string; before: string }[]
  bestProducts: { title: string; sold: string; revenue: string; revenueBefore: string }[]
  lowStock: { title: string; left: string }[]
  moreLowStock: string[]
  failures: string[]
  unsubscribeUrl: string
}

const before = { daily: 'Day before', weekly: 'Week before', monthly: 'Month before' }
const [text, quiet, line] = ['#23211e', '#6b675f', '#e2dfd8']

/** A shop's figures of a period. Every text is used as it is given, so that the letter can be compiled once. */
export function ReportLetter(letter: ReportLetterProps) {
  const { type, shopName, period, reportUrl, chartUrl, chartWords, unsubscribeUrl } = letter
  return (
    <Layout
      preview={`${shopName}, ${period}`}
      reason={
        <>
          You get the {reportNames[type]} of {shopName} because its owner has asked for it.{' '}
          <Link className="quiet" href={unsubscribeUrl} style={{ color: quiet, textDecoration: 'underline' }}>
            No more of these
          </Link>
        </>
      }
    >
      <Title>{shopName}</Title>
      <Text className="quiet" style={{ color: quiet, fontSize: 15, lineHeight: '24px', margin: '0 0 16px' }}>
        {period}
      </Text>
      <Lines head={['', 'Now', before[type]]} rows={letter.figures.map((row) => [row.label, row.now, row.before])} />
      <Section style={{ margin: '24px 0 4px' }}>
        <Img src={chartUrl} alt={chartWords} width="494" style={{ maxWidth: '100%' }} />
      </Section>
      <Best products={letter.bestProducts} before={before[type]} />
      <Low stock={letter.lowStock} more={letter.moreLowStock} />
      <Failures failures={letter.failures} />
      <Action href={reportUrl}>Open the report</Action>
    </Layout>
  )
}

function Best({ products, before }: { products: ReportLetterProps['bestProducts']; before: string }) {
  if (products.length === 0) return null
  return (
    <>
      <Heading>Best products</Heading>
      <Lines
        head={['', 'Revenue', before]}
        rows={products.map(({ title, sold, revenue, revenueBefore }) => [
          `${title}, ${sold} sold`,
          revenue,
          revenueBefore,
        ])}
      />
    </>
  )
}

function Low({ stock, more }: { stock: ReportLetterProps['lowStock']; more: string[] }) {
  if (stock.length === 0) return null
  return (
    <>
      <Heading>Running low</Heading>
      <Lines head={['', '', 'Left']} rows={stock.map(({ title, left }) => [title, '', left])} />
      {more.map((words) => (
        <Quiet key={words}>{words}</Quiet>
      ))}
    </>
  )
}

function Failures({ failures }: { failures: string[] }) {
  if (failures.length === 0) return null
  return (
    <>
      <Heading>Needs you</Heading>
      {failures.map((words) => (
        <Quiet key={words}>{words}</Quiet>
      ))}
    </>
  )
}

function Heading({ children }: { children: string }) {
  return (
    <Text
      className="text"
      style={{ color: text, fontSize: 15, fontWeight: 600, lineHeight: '24px', margin: '20px 0 4px' }}
    >
      {children}
    </Text>
  )
}

function Quiet({ children }: { children: string }) {
  return (
    <Text className="quiet" style={{ color: quiet, fontSize: 14, lineHeight: '22px', margin: '4px 0' }}>
      {children}
    </Text>
  )
}

type Cells = [string, string, string]

/**
 * Lines of a name and two figures, the figures one below the other. One plain table: a row of React Email's is a table of its
 * own, and these were two thirds of the letter.
 */
function Lines({ head, rows }: { head: Cells; rows: Cells[] }) {
  return (
    <table
      role="presentation"
      width="100%"
      border={0}
      cellPadding={0}
      cellSpacing={0}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      <tbody>
        <Line cells={head} isHead />
        {rows.map((cells) => (
          <Line key={cells.join()} cells={cells} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ cells: [name, first, second], isHead = false }: { cells: Cells; isHead?: boolean }) {
  const look = { fontSize: isHead ? 12 : 14, lineHeight: '22px', padding: '6px 0', borderBottom: `1px solid ${line}` }
  const colour = isHead ? quiet : text
  const classes = `line ${isHead ? 'quiet' : 'text'}`
  const figure = { ...look, textAlign: 'right' as const, ...(isHead ? { width: '28%' } : {}) }
  return (
    <tr>
      <td className={classes} style={{ ...look, color: colour }}>
        {name}
      </td>
      <td className={classes} style={{ ...figure, color: colour }}>
        {first}
      </td>
      <td className="line quiet" style={{ ...figure, color: quiet }}>
        {second}
      </td>
    </tr>
  )
}
