/** What nobody, the owner of a shop and an operator are answered at a door, and a page of another site in their name. */
export type Asked = { nobody: number; owner: number; operator: number; otherSite: number; body?: object }

const everybody = (status: number, body?: object): Asked => ({
  ...{ nobody: status, owner: status, operator: status, otherSite: 403 },
  ...(body ? { body } : {}),
})
const operators: Asked = { nobody: 401, owner: 403, operator: 200, otherSite: 403 }

/**
 * Every door of the app. Where one is open to all, what is posted is wrong in a field, or of no consequence. The door for
 * calls knows its visitors by their signature alone.
 */
export const doors: Record<string, Asked> = {
  'POST /api/accounts': everybody(422, {}),
  'POST /api/sessions': everybody(422, {}),
  'POST /api/password-resets': everybody(202, { email: 'nobody@example.com' }),
  'POST /api/password-resets/complete': everybody(422, {}),
  'POST /api/email-verifications': everybody(422, {}),
  'GET /api/health': { ...everybody(200), otherSite: 200 },
  'GET /api/inngest': { ...everybody(401), otherSite: 401 },
  'PUT /api/inngest': { ...everybody(500), otherSite: 500 },
  'POST /api/inngest': { ...everybody(401, {}), otherSite: 401 },
  'GET /api/admin/jobs/metrics': operators,
  'GET /api/admin/news': operators,
  'GET /api/admin/queues': { ...everybody(307), otherSite: 307 },
  // Last: who signs out is nobody from then on.
  'DELETE /api/sessions': everybody(204),
}

/**
 * The rooms of the app, each with the guard that every page and every action in it calls; none where all may come in. A
 * room's maker of actions asks for it.
 */
export const rooms: { folder: string; guard: 'requireOperator' | 'requireActor' | null; maker?: string }[] = [
  { folder: 'app/console', guard: 'requireOperator', maker: 'operatorAct' },
  { folder: 'app/(shop)', guard: 'requireActor' },
  { folder: 'app/(auth)', guard: null },
  { folder: 'app/admin', guard: null },
  { folder: 'app/page.tsx', guard: null },
]
