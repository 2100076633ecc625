import { circle, colours, ellipse, line, path, rect, shade, times, turned } from './shapes'

const { ink, cream, blue, red, ochre, moss, indigo, wood, steel, clay } = colours

const notebook = (cover: string, page: string) =>
  turned(
    -9,
    rect(174, 112, 290, 392, ink, 12).replace('/>', ' fill-opacity="0.1"/>'),
    rect(164, 98, 290, 392, cover, 12),
    rect(196, 98, 258, 384, cream, 6),
    page,
    rect(164, 98, 32, 392, cover, 12),
    shade('M176 98 h20 v392 h-20 z'),
    line('M420 92 v404', cover, 8),
  )

export const dottedNotebook = () => [
  notebook(
    moss,
    times(80, (i) => circle(222 + (i % 8) * 25, 130 + Math.floor(i / 8) * 36, 3, '#b9ad96')),
  ),
]

export const ruledNotebook = () => [
  notebook(
    clay,
    times(11, (i) => line(`M216 ${134 + i * 31} h190`, '#b9ad96', 3)),
  ),
]

const pencil = (x: number, y: number, colour: string) => [
  path(`M${x} ${y} h26 v220 h-26 z`, colour),
  path(`M${x + 17} ${y} h9 v220 h-9 z`, ink).replace('/>', ' fill-opacity="0.14"/>'),
  path(`M${x} ${y} h26 l-13 -42 z`, '#e3c79d'),
  path(`M${x + 8} ${y - 17} h10 l-5 -25 z`, ink),
]

export const pencils = () => [
  ...twelve().flatMap(([x, y, colour]) => pencil(x, y, colour)),
  path('M136 270 h328 v170 q0 14 -14 14 h-300 q-14 0 -14 -14 z', steel),
  rect(136, 262, 328, 20, '#aab0b1', 6),
  rect(236, 330, 128, 70, cream, 4),
  line('M256 356 h88 M256 376 h54', '#b9ad96', 5),
  shade('M400 282 h64 v158 q0 14 -14 14 h-50 z'),
]

/** A box of twelve, of which the hard ones are short by now. */
function twelve(): [number, number, string][] {
  const tones = [indigo, red, ochre, moss]
  return Array.from({ length: 12 }, (_, i) => [146 + i * 26, 176 + ((i * 29) % 46), tones[i % 4] ?? indigo])
}

export const brushPen = () => [
  path(
    'M110 420 q60 -150 130 -60 q60 78 110 -40 q20 -44 60 -40 q-60 20 -50 70 q-50 120 -134 40 q-50 -50 -116 30 z',
    ink,
  ),
  turned(
    -38,
    rect(300, 226, 250, 40, '#4b453e', 14),
    rect(490, 226, 60, 40, red, 14),
    path('M300 230 h-40 l-66 16 l66 16 h40 z', '#6b635a'),
    path('M238 238 l-44 8 l44 8 z', ink),
  ),
]

export const calendar = () => [
  rect(148, 92, 320, 424, ink, 6).replace('/>', ' fill-opacity="0.1"/>'),
  rect(140, 80, 320, 424, cream, 6),
  rect(164, 108, 272, 190, '#d8dccb'),
  path('M164 298 v-70 l54 -46 l54 46 v70 z', indigo),
  path('M262 298 v-104 h70 v104 z', clay),
  path('M322 298 v-60 l57 -40 l57 40 v60 z', moss),
  circle(392, 146, 20, ochre),
  times(6, (i) => rect(182 + i * 42, 244 + ((i * 17) % 20), 16, 22, cream)),
  line('M184 326 h92', red, 8),
  times(35, (i) => circle(190 + (i % 7) * 37, 358 + Math.floor(i / 7) * 30, 6, i % 7 > 4 ? red : '#8e8577')),
  line('M220 80 q80 -60 160 0', steel, 5),
]

export const paperRoll = () => [
  path('M170 210 h250 v190 l60 60 h-250 q-60 0 -60 -50 z', '#c39a66'),
  path('M230 460 h250 l-16 -16 h-240 z', '#a8814f'),
  path('M170 170 h250 v84 h-250 z', '#b78d59'),
  ellipse(420, 212, 26, 42, '#d3ae7c'),
  ellipse(420, 212, 14, 24, '#8d6a3f'),
  ellipse(420, 212, 6, 11, ink),
  ellipse(170, 212, 26, 42, '#b78d59'),
  times(4, (i) => line(`M196 ${282 + i * 40} h${200 + i * 8}`, '#b28a58', 3)),
  line('M196 190 h200', wood, 4),
  line('M260 170 v84', blue, 5),
]
