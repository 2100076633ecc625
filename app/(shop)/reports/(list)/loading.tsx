import { ListLoading } from '../../list-loading'

export default function Loading() {
  return <ListLoading tools="h-0" />
}
