import { NothingHere } from '../../nothing-here'

export default function NotFound() {
  return (
    <NothingHere title="This isn’t sold here">
      It may have been sold here before, or a letter of the address is missing.
    </NothingHere>
  )
}
