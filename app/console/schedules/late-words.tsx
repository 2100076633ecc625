import { durationWords } from '@/app/_ui/words'
import { LATE_MS } from './words'

/** How long after its slot the latest work began. */
export function Lateness({ lateMs }: { lateMs: number | null }) {
  if (lateMs === null) return <span className="text-quiet">–</span>
  if (lateMs < LATE_MS) return <span>on time</span>
  return <span className="font-medium text-retrying">{durationWords(lateMs)}</span>
}
