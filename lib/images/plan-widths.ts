import type { ImageOperation } from '../events'

const WIDTHS = [320, 960, 1600]

/** The widths of a picture that will be served: the usual ones, of which none is larger than itself, or its own alone. */
export function plannedWidths(width: number, operations: readonly ImageOperation[]): number[] {
  if (!operations.includes('resize')) return [width]
  const fitting = WIDTHS.filter((each) => each <= width)
  return fitting.length < WIDTHS.length ? [...fitting, ...(fitting.includes(width) ? [] : [width])] : fitting
}
