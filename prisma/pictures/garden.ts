import { circle, colours, ellipse, line, path, rect, shade, times, turned } from './shapes'

const { ink, steel, lightSteel, red, clay, leaf, moss, ochre, cream, brass, wood, darkWood, blue } = colours

export const secateurs = () => [
  turned(
    -28,
    line('M300 300 q110 20 230 84', red, 34),
    line('M300 310 q110 -6 236 -62', red, 34),
    path('M316 316 q-90 -110 -216 -92 q60 90 196 118 z', lightSteel),
    path('M310 290 q-80 70 -170 66 l-8 22 q110 26 196 -54 z', steel),
    circle(306, 308, 22, ink),
    circle(306, 308, 8, steel),
  ),
]

export const wateringCan = () => [
  line('M236 250 q70 -130 168 -20', steel, 16),
  line('M404 300 q96 10 74 86 q-10 40 -74 44', steel, 16),
  path('M232 400 l-130 -158 l-24 18 l134 172 z', steel),
  path('M54 268 l70 -56 l16 20 l-68 54 z', brass),
  path('M216 248 h188 l14 206 h-216 z', lightSteel),
  shade('M350 248 h54 l14 206 h-70 z'),
  ellipse(310, 248, 94, 16, steel),
  line('M210 340 h202', steel, 5),
]

export const pot = () => [
  path('M300 250 q-120 -60 -110 -160 q106 30 110 160 z', moss),
  path('M300 250 q130 -40 140 -150 q-126 16 -140 150 z', leaf),
  path('M300 250 q-30 -120 10 -200 q52 100 -10 200 z', '#7f9068'),
  rect(188, 244, 224, 54, clay, 6),
  path('M204 298 h192 l-26 140 h-140 z', clay),
  shade('M340 244 h66 q6 0 6 6 v48 h-16 l-26 140 h-50 z'),
  rect(188, 292, 224, 8, '#9c5539'),
  path('M180 436 h240 l-14 22 h-212 z', '#a85d40'),
]

export const twine = () => [
  path('M176 226 l124 -52 l124 52 l-124 56 z', wood),
  path('M176 226 v176 l124 58 v-178 z', '#b48558'),
  path('M424 226 v176 l-124 58 v-178 z', darkWood),
  ellipse(300, 228, 58, 25, '#6f4d2e'),
  ellipse(300, 216, 46, 24, '#d2b078'),
  times(4, (i) => line(`M${262 + i * 4} ${208 + i * 7} q40 16 ${76 - i * 8} 0`, '#b08f58', 3)),
  line('M340 220 q90 -80 130 10 q20 60 70 50', '#d2b078', 7),
  rect(200, 326, 76, 54, cream, 3).replace('/>', ' transform="skewY(25) translate(0 -110)"/>'),
]

const flower = (x: number, y: number, petals: string) =>
  line(`M${x} ${y} q${(300 - x) / 4} 60 ${(300 - x) / 2} 110`, leaf, 5) +
  times(6, (i) => circle(x + Math.cos((i * Math.PI) / 3) * 17, y + Math.sin((i * Math.PI) / 3) * 17, 12, petals)) +
  circle(x, y, 10, ochre)

export const seeds = () => [
  turned(
    6,
    rect(190, 106, 240, 400, ink, 4).replace('/>', ' fill-opacity="0.1"/>'),
    rect(180, 94, 240, 400, '#efe3c8', 4),
    rect(180, 94, 240, 70, leaf, 4),
    line('M214 120 h172 M244 142 h112', cream, 7),
    flower(240, 262, red),
    flower(356, 242, blue),
    flower(300, 220, cream),
    flower(268, 320, '#c98a9a'),
    flower(346, 330, ochre),
    path('M180 420 h240 v70 q0 4 -4 4 h-232 q-4 0 -4 -4 z', '#dccda9'),
    line('M212 448 h176 M212 468 h110', '#a99a76', 5),
  ),
]
