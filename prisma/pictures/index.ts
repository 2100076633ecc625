import * as cloth from './cloth'
import * as garden from './garden'
import * as kitchen from './kitchen'
import * as lights from './lights'
import * as paper from './paper'
import { colours, ellipse, path } from './shapes'
import * as table from './table'

/** `stands` on a table, before a wall; `lies` on paper, seen from above; `hangs` before a wall alone. */
type Place = 'stands' | 'lies' | 'hangs'
type Motif = [place: Place, draw: () => string[]]

const { blue, cream, stone, ochre, ink } = colours

const motifs: Record<string, Motif> = {
  'KIT-001': ['stands', () => kitchen.mug(blue, '#2f4961')],
  'KIT-002': ['stands', () => kitchen.mug(cream, blue)],
  'KIT-003': ['lies', kitchen.pan],
  'KIT-004': ['lies', kitchen.spoon],
  'KIT-005': ['lies', kitchen.breadKnife],
  'KIT-006': ['lies', kitchen.paringKnife],
  'KIT-007': ['lies', kitchen.board],
  'KIT-008': ['stands', kitchen.kettle],
  'KIT-009': ['stands', kitchen.mokaPot],
  'KIT-010': ['stands', kitchen.dripper],
  'KIT-011': ['lies', kitchen.filters],
  'KIT-012': ['stands', kitchen.jar],
  'TAB-001': ['stands', () => table.bowl(stone, '#7f7b73')],
  'TAB-002': ['stands', () => table.bowl(ochre, '#ac7f2f')],
  'TAB-003': ['lies', table.plate],
  'TAB-004': ['stands', table.tumblers],
  'TAB-005': ['lies', table.napkin],
  'TAB-006': ['hangs', table.runner],
  'TAB-007': ['stands', table.carafe],
  'LIG-001': ['hangs', lights.clipLamp],
  'LIG-002': ['hangs', lights.lantern],
  'LIG-003': ['stands', lights.candles],
  'LIG-004': ['stands', lights.candlestick],
  'LIG-005': ['stands', lights.bookLight],
  'PAP-001': ['lies', paper.dottedNotebook],
  'PAP-002': ['lies', paper.ruledNotebook],
  'PAP-003': ['stands', paper.pencils],
  'PAP-004': ['lies', paper.brushPen],
  'PAP-005': ['hangs', paper.calendar],
  'PAP-006': ['lies', paper.paperRoll],
  'CLO-001': ['hangs', cloth.apron],
  'CLO-002': ['stands', cloth.blanket],
  'CLO-003': ['hangs', cloth.towel],
  'CLO-004': ['hangs', cloth.marketBag],
  'CLO-005': ['stands', cloth.shopper],
  'GAR-001': ['lies', garden.secateurs],
  'GAR-002': ['stands', garden.wateringCan],
  'GAR-003': ['stands', garden.pot],
  'GAR-004': ['stands', garden.twine],
  'GAR-005': ['lies', garden.seeds],
}

/** Papers of one kind are alike: kitchen, table, light, paper, cloth, garden. */
const papers: Record<string, [wall: string, table: string]> = {
  KIT: ['#f1e9da', '#e3d6bf'],
  TAB: ['#efe5d9', '#dfd0bd'],
  LIG: ['#e6dccb', '#d3c5ae'],
  PAP: ['#f2e6d6', '#e4d3bb'],
  CLO: ['#ece6dc', '#dad0c0'],
  GAR: ['#e9e8d9', '#d6d4bd'],
}

/**
 * A picture of what the demo shop sells under an SKU: flat shapes on warm paper, the same each time. Pure.
 * @param width of the square, in pixels.
 * @returns an SVG; null where there is no such product.
 */
export function drawProduct(sku: string, width: number): string | null {
  const motif = motifs[sku]
  const [wall, table] = papers[sku.slice(0, 3)] ?? []
  if (!motif || !wall || !table) return null
  const [place, draw] = motif
  const ground = place === 'stands' ? path('M0 430 h600 v170 h-600 z', table) : ''
  const shadow = place === 'stands' ? ellipse(308, 458, 190, 20, ink).replace('/>', ' fill-opacity="0.12"/>') : ''
  const size = `width="${width}" height="${width}" viewBox="0 0 600 600"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${path('M0 0 h600 v600 h-600 z', wall)}${ground}${shadow}${draw().join('')}</svg>`
}
