import { circle, colours, ellipse, line, path, rect, shade, times } from './shapes'

const { ink, cream, brass, darkWood, red } = colours

const glow = (x: number, y: number, radius: number) =>
  [1, 0.66].map((size) => circle(x, y, radius * size, '#f6dfa4').replace('/>', ' fill-opacity="0.4"/>')).join('')

export const clipLamp = () => [
  glow(250, 330, 190),
  rect(330, 470, 270, 24, darkWood),
  rect(430, 440, 70, 84, ink, 10),
  line('M464 440 L420 240 L300 190', ink, 14),
  circle(420, 240, 15, '#5a524a'),
  path('M318 150 l40 60 l-30 96 l-166 -92 z', ink),
  path('M162 214 l166 92 q-50 24 -100 -4 q-60 -34 -66 -88 z', '#f0cf7e'),
]

export const lantern = () => [
  line('M300 0 v110', ink, 4),
  glow(300, 290, 250),
  circle(300, 290, 180, cream),
  times(7, (i) => ellipse(300, 290, 180, 150 - i * 25, 'none').replace('/>', ' stroke="#d9cbb0" stroke-width="4"/>')),
  line('M120 290 h360', '#d9cbb0', 4),
  shade('M300 110 a180 180 0 0 1 0 360 a250 250 0 0 0 0 -360 z'),
  rect(262, 104, 76, 14, ink, 5),
  rect(268, 464, 64, 12, ink, 5),
]

const flame = (x: number, y: number) =>
  glow(x, y, 70) + path(`M${x} ${y - 44} q30 40 0 62 q-30 -22 0 -62 z`, '#e9ad4a') + line(`M${x} ${y + 18} v14`, ink, 4)

export const candles = () => [
  flame(240, 132),
  rect(208, 160, 64, 292, '#d8a94f', 8),
  shade('M250 160 h14 q8 0 8 8 v284 h-22 z'),
  path('M208 166 q32 22 64 0 v18 q-6 26 -16 0 q-12 14 -22 0 q-14 30 -26 0 z', '#e6bd6b'),
  flame(368, 192),
  rect(336, 220, 64, 232, '#d8a94f', 8),
  shade('M378 220 h14 q8 0 8 8 v224 h-22 z'),
  path('M336 226 q32 22 64 0 v22 q-12 30 -24 0 q-18 14 -40 0 z', '#e6bd6b'),
]

export const candlestick = () => [
  flame(300, 96),
  rect(276, 124, 48, 150, cream, 6),
  path('M244 274 h112 l-14 34 h-84 z', brass),
  rect(284, 306, 32, 70, brass),
  ellipse(300, 340, 36, 14, '#a88543'),
  path('M284 372 h32 q10 40 110 58 v22 h-252 v-22 q100 -18 110 -58 z', brass),
  shade('M316 274 h40 l-14 34 h-26 v64 q10 40 110 58 v22 h-110 z'),
]

export const bookLight = () => [
  glow(300, 300, 210),
  path('M70 300 q110 -40 230 0 v160 q-120 -40 -230 0 z', cream),
  path('M530 300 q-110 -40 -230 0 v160 q120 -40 230 0 z', '#f1e8d6'),
  times(5, (i) => line(`M110 ${318 + i * 24} q80 -22 164 0`, '#cabda3', 4)),
  times(5, (i) => line(`M326 ${318 + i * 24} q84 -22 164 0`, '#cabda3', 4)),
  path('M70 460 q110 -40 230 0 q120 -40 230 0 v16 q-110 -40 -230 0 q-120 -40 -230 0 z', red),
  line('M300 290 v-60 q0 -90 90 -90', ink, 10),
  path('M380 122 h76 q16 20 0 40 h-76 z', ink),
  rect(284, 276, 32, 44, ink, 6),
]
