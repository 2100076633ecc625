import sharp from 'sharp'
import type { Figures } from './figures/figures'

// Twice the size at which a letter shows it.
const [WIDTH, HEIGHT, FOOT] = [988, 240, 4]
/** Both are seen on a light sheet and on a dark one: a picture in a letter knows nothing of the reader's. */
const [BAR, LINE] = ['#2f8f64', '#8a857c']
const MOST_BAR_WIDTH = 88

type Days = Figures['days']

/** The revenue of each day as bars, the largest as high as the picture. Pure. */
export function chartSvg(days: Days): string {
  const most = Math.max(1, ...days.map(({ revenueMinor }) => revenueMinor))
  const room = WIDTH / Math.max(1, days.length)
  const width = Math.min(MOST_BAR_WIDTH, room * 0.7)
  const bars = days.map(({ revenueMinor }, i) => {
    const height = Math.max(0, (revenueMinor / most) * (HEIGHT - FOOT))
    const [x, y] = [i * room + (room - width) / 2, HEIGHT - FOOT - height]
    return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="3" fill="${BAR}"/>`
  })
  const foot = `<rect x="0" y="${HEIGHT - FOOT}" width="${WIDTH}" height="2" fill="${LINE}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${bars.join('')}${foot}</svg>`
}

/** The chart as a PNG. */
export function drawChart(days: Days): Promise<Buffer> {
  return sharp(Buffer.from(chartSvg(days)))
    .png({ compressionLevel: 9, palette: true })
    .toBuffer()
}
