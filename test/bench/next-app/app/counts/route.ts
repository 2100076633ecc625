import { counts } from '../counts-held'

export const dynamic = 'force-dynamic'

export function GET(): Response {
  return Response.json(counts)
}
