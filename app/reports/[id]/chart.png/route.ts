import { Readable } from 'node:stream'
import { findChart } from '@/lib/reports/find-chart'

export const dynamic = 'force-dynamic'

/** The chart of a report as a letter shows it, known by the signature of its link. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const chart = await findChart(id, new URL(request.url).searchParams.get('signature') ?? '')
  if (!chart) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  return new Response(Readable.toWeb(chart.read()) as ReadableStream, {
    headers: {
      'cache-control': 'private, max-age=86400',
      'content-type': 'image/png',
      'content-length': String(chart.bytes),
      'x-content-type-options': 'nosniff',
    },
  })
}
