import type { InngestFunction } from 'inngest'

// On globalThis: the route lists them, and the relay, which instrumentation starts, sends by a client of its own, of which
// no function was made.
const shared = globalThis as typeof globalThis & { backroomFunctions?: readonly InngestFunction.Any[] }

/** Tells this process which functions it serves. */
export function knowFunctions(functions: readonly InngestFunction.Any[]): void {
  shared.backroomFunctions = functions
}

/** The functions that this process serves; none before it has loaded them, which is before its server knows them. */
export function knownFunctions(): readonly InngestFunction.Any[] {
  return shared.backroomFunctions ?? []
}
