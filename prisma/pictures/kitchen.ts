import { circle, colours, ellipse, light, line, moved, path, rect, shade, times, turned } from './shapes'

const { ink, steel, lightSteel, cream, linen, wood, darkWood, copper, glass, stone } = colours

export const mug = (body: string, rim: string) => [
  line('M400 270 q80 -10 76 62 q-4 66 -88 66', body, 24),
  path('M190 220 h220 v170 q0 62 -62 62 h-96 q-62 0 -62 -62 z', body),
  shade('M340 220 h70 v170 q0 62 -62 62 h-40 q32 -20 32 -62 z'),
  ellipse(300, 220, 110, 20, rim),
  ellipse(300, 223, 98, 14, ink),
]

export const pan = () => [
  turned(
    -38,
    rect(430, 278, 190, 44, ink, 20),
    circle(596, 300, 8, linen),
    circle(290, 300, 168, ink),
    circle(290, 300, 146, '#4a433c'),
    '<path d="M180 250 a120 120 0 0 1 80 -66" fill="none" stroke="#6a6259" stroke-width="12" stroke-linecap="round"/>',
  ),
]

export const spoon = () => [
  turned(
    -42,
    path('M300 300 h250 q14 0 14 14 q0 14 -14 14 h-250 z', wood),
    ellipse(220, 314, 104, 70, wood),
    ellipse(212, 312, 78, 50, darkWood),
    line('M330 314 h200', darkWood, 3),
    '<path d="M160 300 q50 -26 110 -4" fill="none" stroke="#7e5734" stroke-width="4"/>',
  ),
]

const handle = (x: number, width: number) => [
  rect(x, 282, width, 46, darkWood, 18),
  times(3, (i) => circle(x + width * (0.2 + i * 0.3), 305, 5, linen)),
]

export const breadKnife = () => [
  turned(
    -30,
    path(`M60 276 h320 v52 ${'q-10 14 -20 0 '.repeat(15)} q-20 -4 -20 -52 z`, lightSteel),
    rect(60, 276, 320, 14, steel, 6),
    rect(372, 274, 20, 62, steel, 6),
    ...handle(384, 170),
  ),
]

export const paringKnife = () => [
  turned(
    -30,
    path('M150 300 q110 -40 210 -22 v52 h-90 q-70 0 -120 -30 z', lightSteel),
    path('M150 300 q110 -40 210 -22 v14 q-100 -16 -210 8 z', steel),
    rect(352, 274, 18, 62, steel, 6),
    ...handle(364, 132),
  ),
]

/** End grain: many small ends, no two of them alike. */
export const board = () => [
  turned(
    -12,
    rect(146, 176, 320, 250, ink, 20).replace('/>', ' fill-opacity="0.1"/>'),
    rect(138, 164, 320, 250, wood, 18),
    times(40, (i) => {
      const [column, row] = [i % 8, Math.floor(i / 8)]
      const tone = (i * 7 + row * 3) % 5
      return rect(138 + column * 40, 164 + row * 50, 39, 49, darkWood).replace('/>', ` fill-opacity="${tone * 0.09}"/>`)
    }),
    circle(424, 198, 14, '#efe6d6'),
  ),
]

export const kettle = () => [
  line('M190 250 q-16 -130 110 -130 q126 0 110 130', ink, 16),
  path('M414 300 q70 -10 96 -96 l34 10 q-16 132 -124 150 z', copper),
  path('M150 440 q-30 -210 150 -216 q180 6 150 216 q-4 16 -24 16 h-252 q-20 0 -24 -16 z', copper),
  shade('M330 226 q150 20 120 214 q-4 16 -24 16 h-90 q70 -90 -6 -230 z'),
  light('M190 400 q-12 -110 70 -150 q-46 60 -44 150 z'),
  ellipse(300, 234, 70, 14, '#9c5f3d'),
  circle(300, 210, 17, ink),
]

export const mokaPot = () => [
  line('M396 214 h60 q24 0 18 30 l-26 110', ink, 22),
  path('M216 300 h168 l34 156 h-236 z', lightSteel),
  path('M196 180 h208 l-30 120 h-148 z', steel),
  path('M196 180 l-44 -14 l56 66 z', steel),
  rect(214, 290, 172, 20, ink, 4),
  shade('M320 180 h84 l-30 120 l10 0 l34 156 h-70 l-20 -156 z'),
  path('M206 176 q94 -54 188 0 z', lightSteel),
  circle(300, 140, 14, ink),
]

export const dripper = () => [
  line('M408 236 q76 -6 66 54 q-8 46 -92 34', cream, 20),
  path('M166 196 h268 l-84 190 h-100 z', cream),
  shade('M330 196 h104 l-84 190 h-50 z'),
  ellipse(300, 196, 134, 22, '#e9dfcc'),
  ellipse(300, 199, 116, 15, darkWood),
  rect(196, 384, 208, 22, cream, 10),
  path('M252 406 h96 l-10 44 h-76 z', '#e9dfcc'),
]

export const filters = () => [
  times(5, (i) =>
    moved(
      i * 15 - 30,
      i * -13 + 26,
      path('M150 210 h280 l-76 220 q-64 18 -128 0 z', i % 2 ? '#d9bf95' : '#cdb187'),
      line('M150 210 h280', '#b79a6d', 4),
    ),
  ),
  moved(30, -26, line('M232 418 q60 16 116 0', '#a98c60', 4)),
]

export const jar = () => [
  path('M200 210 q-18 20 -18 44 v170 q0 30 30 30 h176 q30 0 30 -30 v-170 q0 -24 -18 -44 z', glass),
  path('M190 300 h220 v122 q0 24 -24 24 h-172 q-24 0 -24 -24 z', '#e5d3ac'),
  times(16, (i) => circle(212 + (i % 8) * 25, 330 + Math.floor(i / 8) * 56 + (i % 3) * 8, 5, '#cbb486')),
  light('M206 250 q0 -16 12 -28 v196 h-12 z'),
  rect(192, 196, 216, 18, copper, 6),
  rect(186, 158, 228, 40, glass, 14),
  line('M186 176 h-16 v64 h14', steel, 7),
  line('M414 176 h22 v86 h-20', steel, 7),
  shade('M350 214 h50 q18 20 18 44 v166 q0 30 -30 30 h-38 z'),
  rect(236, 330, 128, 70, cream, 4),
  line('M256 356 h88 M256 376 h54', stone, 5),
]
