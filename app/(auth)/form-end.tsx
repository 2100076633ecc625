import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'

/** How each of these forms ends: what is wrong with it as a whole, and its one button. */
export function FormEnd({
  problem,
  isPending,
  verb,
  doing,
}: {
  problem: string | undefined
  isPending: boolean
  verb: string
  doing: string
}) {
  return (
    <>
      {problem ? <Notice kind="bad">{problem}</Notice> : null}
      <Button type="submit" disabled={isPending}>
        {isPending ? doing : verb}
      </Button>
    </>
  )
}
