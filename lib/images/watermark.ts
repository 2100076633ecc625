import sharp, { type OverlayOptions } from 'sharp'

/** The shop's name for the lower right corner of a picture, in a size that fits it. */
export async function watermarkOf(shopName: string, picture: Buffer): Promise<OverlayOptions> {
  const { autoOrient } = await sharp(picture).metadata()
  const { width, height } = autoOrient
  const size = Math.max(1, Math.min(width / 24, height / 8, (width * 0.9) / (shopName.length * 0.62)))
  const shadow = `fill="black" fill-opacity="0.45" transform="translate(${size / 16} ${size / 16})"`
  const text = (look: string) =>
    `<text x="${width - size * 0.6}" y="${height - size * 0.6}" text-anchor="end" font-family="sans-serif" font-weight="600" font-size="${size}" ${look}>${escaped(shopName)}</text>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${text(shadow)}${text('fill="white" fill-opacity="0.8"')}</svg>`
  return { input: Buffer.from(svg), top: 0, left: 0 }
}

function escaped(name: string): string {
  // XML has no place for control characters, not even escaped.
  const clean = [...name]
    .filter((char) => char >= ' ')
    .join('')
    .toWellFormed()
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
