import { circle, colours, line, path, rect, shade, times } from './shapes'

const { cream, linen, darkWood, moss, red, blue, clay, ochre, brass } = colours

export const apron = () => [
  line('M232 116 q68 -76 136 0', darkWood, 12),
  path('M224 112 h152 l14 110 h60 l16 274 h-332 l16 -274 h60 z', moss),
  shade('M340 112 h36 l14 110 h60 l16 274 h-110 z'),
  rect(206, 330, 188, 104, '#64724f', 8),
  line('M300 330 v104', '#56634a', 4),
  line('M150 232 h-70 M450 232 h70', darkWood, 10),
  circle(240, 132, 7, brass),
  circle(360, 132, 7, brass),
]

/** The woven zigzag of a herringbone. */
const zigzag = (x: number, y: number, width: number) =>
  line(`M${x} ${y} ${'l12 12 l12 -12 '.repeat(Math.floor(width / 24))}`, cream, 4)

export const blanket = () => [
  times(3, (i) => {
    const y = 236 + i * 72
    return (
      rect(112, y, 376, 70, ['#8d8a80', '#a19d92', '#858278'][i] ?? '', 34) +
      times(3, (row) => zigzag(138, y + 14 + row * 18, 320)).replaceAll(
        'stroke-width="4"',
        'stroke-width="3" stroke-opacity="0.55"',
      )
    )
  }),
  times(3, (i) => shade(`M420 ${236 + i * 72} h34 a34 35 0 0 1 0 70 h-34 z`)),
  times(13, (i) => line(`M${150 + i * 25} 452 v${14 + (i % 3) * 3}`, '#858278', 4)),
  rect(250, 330, 100, 42, cream, 3),
  line('M268 346 h64 M268 358 h36', '#b9ad96', 4),
]

export const towel = () => [
  rect(120, 116, 360, 16, darkWood, 8),
  path('M180 124 h240 v356 h-240 z', cream),
  rect(180, 124, 240, 30, '#ece2d0'),
  times(4, (i) => rect(180, 220 + i * 26, 240, i % 2 ? 6 : 14, blue)),
  times(3, (i) => rect(180, 404 + i * 22, 240, i === 1 ? 12 : 5, blue)),
  shade('M360 124 h60 v356 h-60 q20 -180 0 -356 z'),
  times(24, (i) => line(`M${184 + i * 10} 480 v10`, linen, 3)),
]

export const marketBag = () => [
  line('M220 240 q10 -150 80 -150 q70 0 80 150', ochre, 12),
  circle(250, 330, 52, red),
  circle(344, 316, 56, '#c9a84e'),
  circle(296, 398, 54, moss),
  path('M186 232 h228 q60 110 10 190 q-40 62 -124 62 q-84 0 -124 -62 q-50 -80 10 -190 z', ochre).replace(
    '/>',
    ' fill-opacity="0.22"/>',
  ),
  times(9, (i) => line(`M${192 + i * 27} 240 q${(i - 4) * 18} 120 ${(4 - i) * 12} 232`, ochre, 4)),
  times(6, (i) =>
    line(
      `M${178 - Math.sin((i + 1) / 2.4) * 16} ${270 + i * 34} q${122 + Math.sin((i + 1) / 2.4) * 16} 26 ${244 + Math.sin((i + 1) / 2.4) * 32} 0`,
      ochre,
      4,
    ),
  ),
  line('M186 236 h228', ochre, 12),
]

export const shopper = () => [
  line('M230 216 v-50 q0 -70 70 -70 q70 0 70 70 v50', '#c9bb9d', 18),
  path('M152 208 h296 l24 270 h-344 z', linen),
  shade('M390 208 h58 l24 270 h-70 z'),
  line('M156 232 h288', '#c9bb9d', 5),
  path('M236 320 h128 v84 h-128 z', clay),
  path('M222 320 l22 -38 h112 l22 38 z', '#8f4c35'),
  rect(282, 350, 36, 54, linen),
]
