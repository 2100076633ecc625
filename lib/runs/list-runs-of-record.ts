import { type Actor, NotAllowedError } from '../auth/actor'
import { type RunLink, readRunsOfRecord } from './run-links'

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
  return readRunsOfRecord(record)
}
