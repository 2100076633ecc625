import fc from 'fast-check'

/** What has broken servers before. */
export const hostile = fc.constantFrom(
  '\u0000',
  '\ud800',
  "'; DROP TABLE engine.run; --",
  '/../..',
  '%',
  '🦊',
  '漢'.repeat(300),
)

/** Texts that nobody would send in good faith, among all others. */
export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  hostile,
  fc.constantFrom('', '__proto__', '1e999'),
  fc.constantFrom('9'.repeat(30), '-1', 'NaN', 'true', '2026-02-30T00:00:00Z', '999999999999w'),
  fc.constantFrom('9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00Z', '1970-01-01T00:00:00.000000001Z'),
  fc.integer({ min: 1, max: 3_000 }).map((length) => 'x'.repeat(length)),
)

const leaf = fc.oneof(
  text,
  fc.constantFrom(null, true, 0, -1, 0.5, 1e308, -1e308, 2 ** 53, {}, []),
  fc.jsonValue({ maxDepth: 3 }),
)

/** A good value with one part of it put out, replaced, doubled or spoilt; now and then several. */
export function mutated(sample: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(sample)) {
    const items = fc.tuple(...sample.map(mutated))
    return fc.oneof(
      { arbitrary: leaf, weight: 1 },
      { arbitrary: items, weight: 3 },
      { arbitrary: items.map((some) => [...some, ...some]), weight: 1 },
    )
  }
  if (typeof sample === 'string')
    return fc.oneof(
      leaf,
      hostile.map((end) => sample + end),
    )
  if (typeof sample !== 'object' || sample === null) return leaf
  return fc.oneof(
    { arbitrary: fc.constant(sample), weight: 1 },
    { arbitrary: leaf, weight: 1 },
    { arbitrary: changedObject(sample), weight: 6 },
  )
}

function changedObject(sample: object): fc.Arbitrary<unknown> {
  const entries = Object.entries(sample)
  const place = fc.nat(Math.max(0, entries.length - 1))
  return fc.tuple(place, fc.constantFrom('keep', 'drop', 'add'), text, leaf).chain(([at, what, name, value]) => {
    const [key = '', part] = entries[at] ?? []
    const rest = Object.fromEntries(entries.filter(([other]) => other !== key || what !== 'drop'))
    if (what === 'add') return fc.constant({ ...rest, [name]: value })
    return what === 'drop' ? fc.constant(rest) : mutated(part).map((changed) => ({ ...rest, [key]: changed }))
  })
}

/** How often, and from which seed: a failure prints its seed, and FUZZ_SEED makes the very same values again. */
export function fuzzParameters(runs: number): { numRuns: number; endOnFailure: false; seed?: number } {
  const { FUZZ_RUNS, FUZZ_SEED } = process.env
  return {
    numRuns: Number(FUZZ_RUNS ?? runs),
    endOnFailure: false,
    ...(FUZZ_SEED ? { seed: Number(FUZZ_SEED) } : {}),
  }
}
