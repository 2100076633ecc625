import { createServer } from 'node:http'
import { serve } from 'inngest/node'
import { makeEnvPlain } from '@/lib/plain-env'
import { inngest } from './bench-client'
import { benchFunctions, noCounts } from './workloads'

makeEnvPlain()
/** The benched app as a plain Node server: the SDK's own handler and nothing around it. */
const counts = noCounts()
const handler = serve({ client: inngest, functions: benchFunctions(inngest, counts) })

createServer((request, response) => {
  if (request.url === '/counts') response.end(JSON.stringify(counts))
  else void handler(request, response)
}).listen(Number(process.env.PORT), '127.0.0.1')
process.stdin.on('close', () => process.exit(0)).resume()
