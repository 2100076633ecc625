import { Skeleton } from '@/app/_ui/skeleton'

export default function Loading() {
  return <Skeleton lines={14} />
}
