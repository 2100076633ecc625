import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Theme = 'light' | 'dark'
type Oklch = [lightness: number, chroma: number, hue: number]

const css = readFileSync('app/_ui/tokens.css', 'utf8')
const pair = /--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g
const colours = new Map(
  [...css.matchAll(pair)].map(([, name, light, dark]) => [name, { light: read(light), dark: read(dark) }]),
)

function read(text = ''): Oklch {
  const [lightness = '', chroma, hue] = text.split(' ')
  return [Number.parseFloat(lightness) / 100, Number(chroma), Number(hue)]
}

function colour(name: string, theme: Theme): Oklch {
  const found = colours.get(name)
  if (!found) throw new Error(`there is no colour ${name}`)
  return found[theme]
}

/** OKLCH to linear sRGB, by Björn Ottosson's matrices; what lies outside is cut, as a screen does. */
function linear([lightness, chroma, hue]: Oklch): [number, number, number] {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const cut = (value: number) => Math.min(1, Math.max(0, value))
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** The contrast of two colours as WCAG reckons it. */
function contrast(one: Oklch, other: Oklch): number {
  const luminances = [one, other].map((each) => {
    const [r, g, b] = linear(each)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  })
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05)
}

const themes: Theme[] = ['light', 'dark']
const grounds = ['paper', 'surface', 'raised']
const statuses = ['idle', 'running', 'waiting', 'completed', 'retrying', 'failed']

describe.each(themes)('the colours in the %s', (theme) => {
  const ratio = (one: string, other: string) => contrast(colour(one, theme), colour(other, theme))

  it.each(['ink', 'quiet', 'accent', 'accent-hover', ...statuses])('%s can be read on every ground', (text) => {
    for (const ground of grounds) expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })

  it.each(statuses)('the word %s can be read on its own fill', (status) => {
    expect(ratio(status, `${status}-fill`)).toBeGreaterThanOrEqual(4.5)
  })

  it('what stands on a filled ground can be read', () => {
    expect(ratio('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('on-accent', 'accent-hover')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('surface', 'failed')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['line-strong', 'focus', ...statuses.map((status) => `${status}-line`)])(
    '%s, which carries meaning, can be seen on every ground',
    (line) => {
      for (const ground of grounds) expect(ratio(line, ground), `${line} on ${ground}`).toBeGreaterThanOrEqual(3)
    },
  )
})

it('black and white have the contrast that everybody knows', () => {
  expect(contrast([1, 0, 0], [0, 0, 0])).toBeCloseTo(21, 1)
})
