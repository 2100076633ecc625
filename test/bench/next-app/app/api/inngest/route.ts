import { Inngest } from 'inngest'
import { serve } from 'inngest/next'
import { benchFunctions } from '../../../../workloads'
import { counts } from '../../counts-held'

const quiet = { info() {}, warn() {}, error() {}, debug() {} }
const inngest = new Inngest({ id: 'bench', isDev: false, logger: quiet })

export const dynamic = 'force-dynamic'
export const { GET, POST, PUT } = serve({ client: inngest, functions: benchFunctions(inngest, counts) })
