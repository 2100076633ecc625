/** The colours of all pictures: warm paper, and what a corner shop is made of. */
export const colours = {
  ink: '#38322c',
  steel: '#8f9598',
  lightSteel: '#b9bdbd',
  cream: '#fbf6ea',
  linen: '#ded2bb',
  stone: '#9b978e',
  wood: '#c1946a',
  darkWood: '#96693f',
  ochre: '#cf9f45',
  brass: '#bd9a52',
  copper: '#b9764f',
  clay: '#b9694a',
  red: '#a64b3c',
  moss: '#71805a',
  leaf: '#55694a',
  blue: '#42627f',
  indigo: '#38466a',
  glass: '#a9bdb8',
} as const

/** A number of the canvas, short. */
const n = (value: number) => String(Math.round(value * 10) / 10)

export const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0) =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}" fill="${fill}"/>`
export const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`
export const line = (d: string, stroke: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string) =>
  `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}"/>`
export const circle = (x: number, y: number, radius: number, fill: string) => ellipse(x, y, radius, radius, fill)

/** What is turned away from the lamp: a flat veil of ink. */
export const shade = (d: string) => `<path d="${d}" fill="${colours.ink}" fill-opacity="0.12"/>`
/** What the lamp falls on. */
export const light = (d: string) => `<path d="${d}" fill="#ffffff" fill-opacity="0.28"/>`

export const turned = (degrees: number, ...parts: string[]) =>
  `<g transform="rotate(${degrees} 300 300)">${parts.join('')}</g>`
export const moved = (x: number, y: number, ...parts: string[]) =>
  `<g transform="translate(${n(x)} ${n(y)})">${parts.join('')}</g>`

/** The same again, so many times. */
export const times = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join('')
