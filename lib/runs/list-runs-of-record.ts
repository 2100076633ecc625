import { type Actor, NotAllowedError } from '../auth/actor'
import { db } from '../db'
import type { RunLink } from './get-run'

const MOST = 20

/**
 * The runs that work for one business record, newest first: for operators, and for whom the record is their own.
 * @param record such as `user/…`.
 * @throws NotAllowedError
 */
export async function listRunsOfRecord(
  actor: Pick<Actor, 'isOperator' | 'userId' | 'account'>,
  record: string,
): Promise<RunLink[]> {
  const isOwn = record === `user/${actor.userId}` || record === `account/${actor.account.id}`
  if (!actor.isOperator && !isOwn) throw new NotAllowedError('This record is another one’s.')
  return db().run.findMany({
    where: { record },
    select: { id: true, functionId: true, status: true, queuedAt: true, until: true },
    orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
}
