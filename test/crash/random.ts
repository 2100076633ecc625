/** mulberry32: small, and good enough to pick moments. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** In an order of chance: each has a lot of its own. */
export function shuffled<T>(items: T[], random: () => number): T[] {
  const lots = items.map((item) => ({ item, lot: random() }))
  return lots.sort((a, b) => a.lot - b.lot).map(({ item }) => item)
}
