import { redirect } from 'next/navigation'

export const dynamic = 'force-dynamic'

/** Where people who come from other job systems look first. */
export function GET(): never {
  redirect('/console')
}
