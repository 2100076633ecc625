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
  'POST /api/baskets': everybody(422, {}),
  'POST /api/orders': everybody(422, {}),
  'POST /api/orders/[publicId]/cancel': everybody(409),
  // The payment provider's page leads here, and its server posts there.
  'GET /api/orders/[publicId]/return': { ...everybody(404), otherSite: 404 },
  'POST /api/webhooks/stripe': { ...everybody(400, {}), otherSite: 400 },
  // Whoever has a letter's link may end its kind; mail programs post there.
  'GET /api/unsubscribe': { ...everybody(400), otherSite: 400 },
  'POST /api/unsubscribe': { ...everybody(422, {}), otherSite: 422 },
  'GET /api/health': { ...everybody(200), otherSite: 200 },
  'GET /api/health/live': { ...everybody(200), otherSite: 200 },
  // Nobody is there to drive its functions, and no payments can be taken.
  'GET /api/health/deep': { ...operators, operator: 503 },
  'GET /api/metrics': operators,
  'GET /api/inngest': { ...everybody(401), otherSite: 401 },
  'PUT /api/inngest': { ...everybody(500), otherSite: 500 },
  'POST /api/inngest': { ...everybody(401, {}), otherSite: 401 },
  'GET /api/admin/jobs/metrics': operators,
  'GET /api/admin/news': operators,
  'GET /api/admin/queues': { ...everybody(307), otherSite: 307 },
  'PUT /api/uploads/images': { nobody: 401, owner: 422, operator: 422, otherSite: 403 },
  'POST /api/uploads/images/batch': {
    nobody: 401,
    owner: 202,
    operator: 202,
    otherSite: 403,
    body: { imageIds: ['x'] },
  },
  'PUT /api/uploads/imports': { nobody: 401, owner: 422, operator: 422, otherSite: 403 },
  'GET /api/orders/export': { nobody: 401, owner: 200, operator: 200, otherSite: 403 },
  'GET /api/reports/[id]/csv': { nobody: 401, owner: 404, operator: 404, otherSite: 403 },
  'GET /api/imports/[id]/rejects': { nobody: 401, owner: 404, operator: 404, otherSite: 403 },
  // Last: who signs out is nobody from then on.
  'DELETE /api/sessions': everybody(204),
}

/**
 * The rooms of the app, each with the guard that every page and every action in it calls; none where all may come in. A
 * room's maker of actions asks for it.
 */
export const rooms: { folder: string; guard: 'requireOperator' | 'requireActor' | null; maker?: string }[] = [
  { folder: 'app/console', guard: 'requireOperator', maker: 'operatorAct' },
  { folder: 'app/(shop)/dashboard', guard: 'requireActor' },
  { folder: 'app/(shop)', guard: 'requireActor', maker: 'ownerAct' },
  { folder: 'app/(auth)', guard: null },
  { folder: 'app/admin', guard: null },
  { folder: 'app/s', guard: null },
  { folder: 'app/page.tsx', guard: null },
]

/**
 * The buttons of operators: where each is, behind which line of a list where it is none of the page's own, what opens
 * its question, what does it, and what is said when it is done. In an order in which each can be pressed.
 */
export const buttons: {
  act: string
  at: string
  isBehindLine: boolean
  opens: string
  fills?: Record<string, string>
  does: string
  says: string
}[] = [
  {
    act: 'skip sleep',
    at: '/console/runs?function=onboarding-workflow&status=sleeping',
    ...{ isBehindLine: true, opens: 'Skip sleep…', does: 'Skip the sleep', says: 'is over' },
  },
  {
    act: 'cancel run',
    at: '/console/runs?function=onboarding-workflow&status=sleeping',
    ...{ isBehindLine: true, opens: 'Cancel…', does: 'Cancel the run', says: 'is cancelled' },
  },
  {
    act: 'run again',
    at: '/console/runs?function=send-email&status=failed',
    ...{ isBehindLine: true, opens: 'Run again…', does: 'Run it again', says: 'is on its way' },
  },
  {
    act: 'pause',
    at: '/console/functions',
    ...{ isBehindLine: false, opens: 'Pause… send-email', does: 'Pause it', says: 'is paused' },
  },
  {
    act: 'resume',
    at: '/console/functions',
    ...{ isBehindLine: false, opens: 'Resume… send-email', does: 'Resume it', says: 'goes on' },
  },
  {
    act: 'run schedule',
    at: '/console/schedules/daily-cleanup',
    ...{ isBehindLine: false, opens: 'Run now…', does: 'Run it now', says: 'is on its way' },
  },
  {
    act: 'close discrepancy',
    at: '/console/discrepancies',
    fills: { 'What was done about it': 'Given back by hand' },
    ...{ isBehindLine: false, opens: 'Close…', does: 'Close it', says: 'The discrepancy is closed' },
  },
  {
    act: 'send event again',
    at: '/console/refused-events',
    ...{
      isBehindLine: false,
      opens: 'Send again… order/unheard-of-1',
      does: 'Send it again',
      says: 'The event is sent again',
    },
  },
  {
    act: 'discard event',
    at: '/console/refused-events',
    fills: { 'Why it need not be sent': 'The shop is gone' },
    ...{
      isBehindLine: false,
      opens: 'Discard… order/unheard-of-2',
      does: 'Discard the event',
      says: 'The event is discarded',
    },
  },
]

const ofProduct = { on: 'product', refusal: 'There is no such product' } as const

/**
 * The buttons of owners: where each is (on the page of a product, of one order or of another, of work under way, or at an address), what is
 * filled in, what opens its question if it has one, what does it, and what is said when it is done for the first time: had
 * anybody else done it before, it would be something else. In an order in which each can be pressed.
 */
export const ownerButtons: {
  act: string
  on: 'product' | 'order' | 'other order' | 'import under way' | 'change under way' | `/${string}`
  /** What the owner of another shop is told; nothing where whoever has a shop may do it in their own. */
  refusal?: string
  fills?: Record<string, string>
  opens?: string
  does: string
  says: string
}[] = [
  {
    act: 'add a product',
    on: '/products/new',
    fills: { Title: 'A new lamp', SKU: 'LAMP-1', 'Price in USD': '30' },
    ...{ does: 'Add product', says: 'A new lamp is in the shop' },
  },
  {
    act: 'edit it',
    ...{ ...ofProduct, fills: { Title: 'Mended mug' }, does: 'Save changes', says: 'Mended mug is saved' },
  },
  {
    act: 'adjust its stock',
    ...{ ...ofProduct, fills: { 'Pieces received': '1' }, does: 'Record it', says: '9 pieces on hand now' },
  },
  {
    act: 'remove its picture',
    ...{ on: 'product', refusal: 'There is no such picture', opens: 'Remove picture 1…' },
    ...{ does: 'Remove it', says: 'The picture is removed' },
  },
  {
    act: 'archive it',
    ...{ ...ofProduct, opens: 'Archive…', does: 'Archive it', says: 'Mended mug is archived' },
  },
  {
    act: 'put it back',
    ...{ ...ofProduct, opens: 'Put back…', does: 'Put it back', says: 'Mended mug is in the shop again' },
  },
  {
    act: 'refund an order',
    ...{ on: 'order', refusal: 'There is no such order', opens: 'Refund…' },
    ...{ does: 'Refund $12.50', says: 'The order is being refunded' },
  },
  {
    act: 'cancel an order',
    ...{ on: 'other order', refusal: 'There is no such order', opens: 'Cancel…' },
    ...{ does: 'Cancel the order', says: 'The order is being cancelled' },
  },
  {
    act: 'change many products',
    on: '/products/bulk?show=all&kind=price-percent&value=10',
    ...{ opens: 'Change', does: 'Change them', says: 'is on its way' },
  },
  {
    act: 'stop an import',
    ...{ on: 'import under way', refusal: 'It has ended already', opens: 'Stop…' },
    ...{ does: 'Stop it', says: 'It stops after the part that is under way' },
  },
  {
    act: 'stop a change of many products',
    ...{ on: 'change under way', refusal: 'It has ended already', opens: 'Stop…' },
    ...{ does: 'Stop it', says: 'It stops after the part that is under way' },
  },
  {
    act: 'have a report made',
    on: '/reports',
    ...{ opens: 'Have one made…', does: 'Make it', says: 'is being made' },
  },
  {
    act: 'rename the shop',
    on: '/settings',
    fills: { 'Name of the shop': 'Another Shop' },
    ...{ does: 'Save the name', says: 'The shop is called Another Shop now' },
  },
  {
    act: 'change what reports come',
    on: '/settings',
    ...{ does: 'Save the settings', says: 'The settings are saved' },
  },
]
