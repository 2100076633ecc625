import { functions } from '@/inngest'
import { serveFunctions } from './serve-functions'

/** Seconds that a host with a limit should allow; a call that checkpoints hands over long before. */
export const maxDuration = 300
export const dynamic = 'force-dynamic'

export const { GET, POST, PUT } = serveFunctions(functions)
