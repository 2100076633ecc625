import type { NewProductForm } from '../lib/products/fields'

type DemoProduct = [sku: string, title: string, price: string, onHand: number, lowStockLevel: number, text: string]

/** What a corner shop sells: kitchen, table, light, paper, cloth and garden. Some of it is low, and some sold out. */
const goods: DemoProduct[] = [
  ['KIT-001', 'Enamel mug, blue', '12.50', 64, 10, 'Holds a third of a litre, and a fall or two.'],
  ['KIT-002', 'Enamel mug, cream', '12.50', 8, 10, 'The same mug, for whoever takes milk.'],
  ['KIT-003', 'Cast-iron pan, 24 cm', '48.00', 22, 6, 'Heavy, black and good for a lifetime. Seasoned twice.'],
  ['KIT-004', 'Olive-wood spoon', '9.80', 120, 20, 'Turned from one piece. No two have the same grain.'],
  ['KIT-005', 'Bread knife', '34.00', 17, 5, 'A wavy edge of 25 cm, with a beech handle.'],
  ['KIT-006', 'Paring knife', '14.90', 41, 10, 'For what is peeled in the hand.'],
  ['KIT-007', 'Maple chopping board', '39.00', 0, 4, 'End grain, 35 by 25 cm, oiled.'],
  ['KIT-008', 'Copper kettle', '89.00', 5, 3, 'A litre and a half. Sings when it is done.'],
  ['KIT-009', 'Moka pot, three cups', '32.50', 28, 6, 'Aluminium, with a spare gasket.'],
  ['KIT-010', 'Pour-over dripper', '24.00', 33, 8, 'Porcelain, with two rails that keep the filter off.'],
  ['KIT-011', 'Paper filters, 100', '6.20', 210, 40, 'Unbleached, for the dripper.'],
  ['KIT-012', 'Glass jar with clip, 1 l', '7.90', 96, 24, 'For flour, rice or sourdough.'],
  ['TAB-001', 'Stoneware bowl, grey', '18.00', 54, 12, 'Wide enough for a salad, deep enough for a soup.'],
  ['TAB-002', 'Stoneware bowl, ochre', '18.00', 11, 12, 'The grey one’s warmer sister.'],
  ['TAB-003', 'Dinner plate, 27 cm', '16.50', 72, 16, 'Stoneware with a raw rim.'],
  ['TAB-004', 'Tumbler, set of four', '22.00', 30, 8, 'Pressed glass, stackable.'],
  ['TAB-005', 'Linen napkin, natural', '8.40', 88, 20, 'Washed soft. 45 by 45 cm.'],
  ['TAB-006', 'Table runner, indigo', '36.00', 9, 4, 'Hand-dyed cotton, 180 cm long.'],
  ['TAB-007', 'Carafe, 0.75 l', '27.00', 3, 5, 'Mouth-blown; the lid is a glass.'],
  ['LIG-001', 'Clip lamp, black', '42.00', 19, 5, 'Bites a shelf or a headboard up to 4 cm thick.'],
  ['LIG-002', 'Paper lantern, 45 cm', '19.50', 37, 8, 'Rice paper on bamboo, folded flat.'],
  ['LIG-003', 'Beeswax candles, pair', '11.00', 140, 30, 'Dipped by hand. Eight hours each.'],
  ['LIG-004', 'Brass candlestick', '28.00', 2, 4, 'Low and heavy, so that it stays where it is put.'],
  ['LIG-005', 'Reading light for a book', '15.90', 46, 10, 'Charges by USB-C and lasts a long novel.'],
  ['PAP-001', 'Notebook, dotted, A5', '13.00', 83, 20, '160 pages of paper that ink does not bleed through.'],
  ['PAP-002', 'Notebook, ruled, A6', '8.50', 61, 20, 'Fits a back pocket.'],
  ['PAP-003', 'Pencils, box of twelve', '10.80', 57, 12, 'From 2H to 4B, in a tin.'],
  ['PAP-004', 'Brush pen, black', '6.90', 0, 10, 'Pigment ink, for letters and signs.'],
  ['PAP-005', 'Wall calendar', '17.50', 26, 6, 'Twelve linocuts of the town.'],
  ['PAP-006', 'Brown paper, 10 m roll', '5.40', 48, 10, 'For parcels, patterns and school books.'],
  ['CLO-001', 'Waxed apron', '46.00', 14, 4, 'Cotton canvas with leather straps.'],
  ['CLO-002', 'Wool blanket, herringbone', '95.00', 7, 3, 'Woven from recycled wool. 130 by 180 cm.'],
  ['CLO-003', 'Tea towel, striped', '9.50', 104, 24, 'Half linen, half cotton.'],
  ['CLO-004', 'Market bag', '21.00', 4, 8, 'A net that carries ten kilos and weighs nothing.'],
  ['CLO-005', 'Canvas shopper', '16.00', 66, 12, 'With our sign on one side, and nothing on the other.'],
  ['GAR-001', 'Secateurs', '38.00', 12, 4, 'Forged steel; every part can be replaced.'],
  ['GAR-002', 'Watering can, 5 l', '29.00', 16, 4, 'Galvanised, with a fine brass rose.'],
  ['GAR-003', 'Terracotta pot, 18 cm', '7.20', 58, 15, 'Frost-proof, with its saucer.'],
  ['GAR-004', 'Twine, 100 m', '4.80', 91, 20, 'Jute, in a box that cuts it.'],
  ['GAR-005', 'Wildflower seed, 10 m²', '6.50', 5, 15, 'Forty kinds that bees like. Sow until May.'],
]

export const demoProducts: NewProductForm[] = goods.map(([sku, title, price, onHand, lowStockLevel, description]) => ({
  ...{ sku, title, price, onHand, lowStockLevel, description },
}))
