import type { ReactNode } from 'react'
import { Body, Button, Container, Head, Hr, Html, Section, Text } from 'react-email'

// Mail clients know no OKLCH and no variables: these are the tokens of app/_ui/tokens.css, as hexadecimal.
const color = {
  paper: '#f7f6f3',
  surface: '#ffffff',
  text: '#23211e',
  quiet: '#6b675f',
  line: '#e2dfd8',
  accent: '#17603f',
}
const font = "Geist, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"

// The paper's colour is in the body and in the one cell that React Email fills it with.
// Dark mode by media query where it is understood; without it the light letter is readable everywhere.
const darkMode = `
  @media (prefers-color-scheme: dark) {
    .paper, .paper > table > tbody > tr > td { background-color: #191816 !important; }
    .sheet { background-color: #22201e !important; border-color: #3a3733 !important; }
    .text { color: #eceae6 !important; }
    .quiet { color: #a7a29a !important; }
    .line { border-color: #3a3733 !important; }
  }`

type LayoutProps = {
  /** What an inbox shows beside the subject. */
  preview: string
  children: ReactNode
  /** Why this letter came, and how it can be the last of its kind. */
  reason: ReactNode
}

/** Blanks that no reader sees, so that an inbox does not go on with the letter itself after what it shows of it. */
const BLANKS = '&nbsp;&zwnj;'.repeat(90)

/** What an inbox shows beside the subject. React Email's own has blanks of six kinds, a fifth of a whole letter. */
function Preview({ children }: { children: string }) {
  return (
    <div
      style={{ display: 'none', overflow: 'hidden', lineHeight: '1px', opacity: 0, maxHeight: 0, maxWidth: 0 }}
      data-skip-in-text="true"
    >
      {children}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; React would write the references out. */}
      <div dangerouslySetInnerHTML={{ __html: BLANKS }} />
    </div>
  )
}

/** The sheet that every letter is written on: one column, 560 px. */
export function Layout({ preview, children, reason }: LayoutProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <style>{darkMode}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="paper"
        style={{ backgroundColor: color.paper, fontFamily: font, margin: 0, padding: '32px 16px' }}
      >
        <Container
          className="sheet"
          style={{
            backgroundColor: color.surface,
            border: `1px solid ${color.line}`,
            borderRadius: 8,
            maxWidth: 560,
            padding: '32px 32px 24px',
          }}
        >
          <Text className="quiet" style={{ color: color.quiet, fontSize: 13, fontWeight: 600, margin: '0 0 24px' }}>
            Backroom
          </Text>
          {children}
          <Hr className="line" style={{ borderColor: color.line, margin: '28px 0 16px' }} />
          <Text className="quiet" style={{ color: color.quiet, fontSize: 12, lineHeight: '18px', margin: 0 }}>
            {reason}
          </Text>
        </Container>
      </Body>
    </Html>
  )
}

export function Title({ children }: { children: ReactNode }) {
  return (
    <Text
      className="text"
      style={{ color: color.text, fontSize: 20, fontWeight: 600, lineHeight: '28px', margin: '0 0 12px' }}
    >
      {children}
    </Text>
  )
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="text" style={{ color: color.text, fontSize: 15, lineHeight: '24px', margin: '0 0 16px' }}>
      {children}
    </Text>
  )
}

/** The letter's one button. */
export function Action({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Section style={{ margin: '8px 0 8px' }}>
      <Button
        href={href}
        style={{
          backgroundColor: color.accent,
          borderRadius: 6,
          color: '#ffffff',
          fontSize: 15,
          fontWeight: 500,
          padding: '12px 20px',
        }}
      >
        {children}
      </Button>
    </Section>
  )
}
