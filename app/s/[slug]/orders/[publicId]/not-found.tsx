import { NothingHere } from '../../nothing-here'

export default function NotFound() {
  return (
    <NothingHere title="There is no such order">
      Open the link in your letter again, whole: a letter of the address may be missing.
    </NothingHere>
  )
}
