/** Chance that goes the same way each time (mulberry32). @returns a number from 0 up to 1 at each call. */
export type Chance = () => number

export function chanceOf(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const between = (chance: Chance, least: number, most: number) =>
  least + Math.floor(chance() * (most - least + 1))

/** One of a list; with weights, the heavier the likelier. */
export function pick<T>(chance: Chance, list: readonly T[], weightOf: (item: T) => number = () => 1): T {
  const weights = list.map(weightOf)
  let left = chance() * weights.reduce((sum, weight) => sum + weight, 0)
  const found = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return list.at(found) as T
}
