import { serve } from 'inngest/next'
import { inngest } from '../../../../bench-client'
import { benchFunctions } from '../../../../workloads'
import { counts } from '../../counts-held'

export const dynamic = 'force-dynamic'
export const { GET, POST, PUT } = serve({ client: inngest, functions: benchFunctions(inngest, counts) })
