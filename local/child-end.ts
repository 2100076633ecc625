import type { ChildProcess } from 'node:child_process'

export function hasEnded({ exitCode, signalCode }: Pick<ChildProcess, 'exitCode' | 'signalCode'>): boolean {
  return exitCode !== null || signalCode !== null
}

/** Acts when a process has ended; at once where it has, since an event that was is not heard. */
export function whenEnded(child: ChildProcess, act: () => void): void {
  if (hasEnded(child)) act()
  else child.once('exit', act)
}
