import sharp from 'sharp'
import type { Books } from './books'
import type { Client } from './client'
import type { Person } from './first-days'
import type { Teller } from './teller'

const ROWS = 1_000
const BAD_ROWS = 3
export const GOOD_ROWS = ROWS - BAD_ROWS

/** Of this one there is a single piece. */
export const LAST_PIECE = 'BAK-0001'

export const skuOf = (n: number) => `BAK-${String(n).padStart(4, '0')}`

/** An owner fills a shop: a file of a thousand rows, and a picture. */
export async function bringCatalogue(client: Client, books: Books, teller: Teller, owner: Person): Promise<void> {
  const { name, email } = owner
  await teller.during(`${name} brings a file of ${ROWS} products, of which ${BAD_ROWS} rows are bad`, () =>
    bringFile(client, books, email),
  )
  await teller.during(`${name} uploads a picture, which is resized, compressed and watermarked`, () =>
    bringPicture(client, books, email),
  )
}

async function bringFile(client: Client, books: Books, email: string): Promise<void> {
  const { importId } = await client.put(email, '/api/uploads/imports?name=bakery.csv', catalogue())
  await books.until('the file is read', `SELECT status = 'completed' FROM "ProductImport" WHERE id = $1`, [importId])
}

async function bringPicture(client: Client, books: Books, email: string): Promise<void> {
  const productId = await books.value<string>('SELECT id FROM "Product" WHERE sku = $1', [skuOf(2)])
  const { imageId } = await client.put(email, `/api/uploads/images?product=${productId}`, await picture())
  await books.until('the picture is ready', `SELECT status = 'ready' FROM "ProductImage" WHERE id = $1`, [imageId])
}

/** One row has no price that can be read, one more pieces than there can be, and one an SKU that was there before. */
function catalogue(): string {
  const good = Array.from({ length: GOOD_ROWS }, (_, i) => {
    const sku = skuOf(i + 1)
    return `${sku};Loaf no. ${i + 1};${3 + (i % 40)},${i % 2 ? '50' : '00'};${sku === LAST_PIECE ? 1 : 20 + (i % 60)}`
  })
  const bad = ['BAK-X;Cake;cheap;5', 'BAK-Y;Tart;4,50;many', `${skuOf(3)};Loaf no. 3 again;3,50;5`]
  return ['SKU;Title;Price;Stock', ...good, ...bad].join('\n')
}

/** A loaf on a table. */
async function picture(): Promise<Uint8Array<ArrayBuffer>> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="1500">
    <rect width="2000" height="1500" fill="#efe7d8"/><rect y="1050" width="2000" height="450" fill="#d9c8a9"/>
    <path d="M500 1080 q0 -420 500 -420 q500 0 500 420 z" fill="#a9713c"/></svg>`
  return new Uint8Array(await sharp(Buffer.from(svg)).jpeg().toBuffer())
}
