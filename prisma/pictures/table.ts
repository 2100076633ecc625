import { circle, colours, ellipse, light, line, moved, path, rect, shade, times, turned } from './shapes'

const { cream, linen, stone, indigo, glass, ink } = colours

export const bowl = (body: string, inner: string) => [
  path('M120 262 h360 q-6 166 -126 182 h-108 q-120 -16 -126 -182 z', body),
  shade('M350 262 h130 q-6 166 -126 182 h-60 q70 -60 56 -182 z'),
  rect(238, 436, 124, 20, inner, 6),
  ellipse(300, 262, 180, 36, body),
  ellipse(300, 264, 166, 29, inner),
  times(14, (i) => circle(150 + ((i * 83) % 290), 306 + ((i * 37) % 100), 3, inner)),
]

export const plate = () => [
  circle(308, 312, 206, ink).replace('/>', ' fill-opacity="0.1"/>'),
  circle(300, 300, 206, '#b58d66'),
  circle(300, 300, 196, cream),
  circle(300, 300, 138, '#ece2d0'),
  circle(300, 300, 132, cream),
  times(18, (i) =>
    circle(300 + Math.cos(i * 2.4) * (40 + i * 8), 300 + Math.sin(i * 2.4) * (40 + i * 8), 2.5, '#cdbfa6'),
  ),
]

const tumbler = (x: number, y: number) =>
  moved(
    x,
    y,
    path('M0 0 h112 l-10 150 q-2 12 -14 12 h-64 q-12 0 -14 -12 z', glass).replace('/>', ' fill-opacity="0.82"/>'),
    times(4, (i) => line(`M${22 + i * 23} 36 l-${1 - i * 0.6} 100`, '#8aa39d', 3)),
    light('M10 12 h16 l2 120 h-10 z'),
    ellipse(56, 0, 56, 9, '#c6d4cf'),
    ellipse(56, 1, 48, 6, '#93aaa4'),
  )

export const tumblers = () => [tumbler(168, 196), tumbler(318, 196), tumbler(110, 296), tumbler(380, 296)]

export const napkin = () => [
  turned(
    -8,
    rect(166, 176, 286, 286, ink).replace('/>', ' fill-opacity="0.1"/>'),
    rect(156, 162, 286, 286, '#cfc2a8'),
    rect(156, 162, 286, 276, linen),
    path('M156 162 h286 l-286 276 z', '#e8dec9'),
    times(22, (i) => line(`M${162 + i * 13} 448 v10`, '#cfc2a8', 3)),
    line('M172 178 h254 v246', '#c0b294', 3),
  ),
]

export const runner = () => [
  path('M0 250 h600 v130 h-600 z', '#b98f62'),
  path('M0 380 h600 v30 h-600 z', '#94693f'),
  path('M190 250 h220 l30 130 h-280 z', indigo),
  rect(160, 380, 280, 150, '#2f3b5b'),
  times(4, (i) => line(`M${214 - i * 6} ${274 + i * 26} h${172 + i * 12}`, '#a8b2c8', 3)),
  times(3, (i) => line(`M172 ${404 + i * 36} h256`, '#a8b2c8', 3)),
  times(24, (i) => line(`M${166 + i * 11.7} 530 v16`, '#2f3b5b', 3)),
]

export const carafe = () => [
  path('M262 186 h76 l6 90 q66 42 62 112 q-4 66 -72 66 h-68 q-68 0 -72 -66 q-4 -70 62 -112 z', glass),
  path('M200 372 q100 -22 200 0 q8 72 -66 72 h-68 q-74 0 -66 -72 z', '#8fb0aa'),
  light('M232 330 q12 -24 34 -38 q-24 50 -20 120 q-18 -20 -14 -82 z'),
  path('M246 114 h108 l-8 66 q-2 8 -12 8 h-68 q-10 0 -12 -8 z', '#c6d4cf'),
  shade('M330 186 h8 l6 90 q66 42 62 112 q-4 66 -72 66 h-24 q76 -80 14 -170 z'),
  line('M246 114 h108', stone, 3),
]
