/** With so many left it is worth telling how many. */
const FEW = 5

/** How much of a product there is, as its customers are told. */
export function stockWords(available: number): string {
  if (available <= 0) return 'Sold out'
  return available <= FEW ? `Only ${available} left` : 'In stock'
}
