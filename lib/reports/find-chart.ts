import type { Readable } from 'node:stream'
import { db } from '../db'
import { isId } from '../is-id'
import { storage } from '../storage'
import { isChartSignature } from './chart-link'
import { drawChart } from './draw-chart'
import { figuresSchema } from './figures/figures'

export type Chart = { bytes: number; read: () => Readable }

/**
 * The chart of a report, for whoever has the link of its letter. It is drawn when it is first opened, and kept; one of an
 * earlier version of the report goes.
 * @returns null where the signature isn't right, or there is no such report any more.
 */
export async function findChart(reportId: string, signature: string): Promise<Chart | null> {
  if (!isId(reportId) || !isChartSignature(reportId, signature)) return null
  const report = await db().report.findUnique({ where: { id: reportId }, select: { version: true, figures: true } })
  if (!report) return null
  const files = storage()
  const folder = `reports/${reportId}`
  const key = `${folder}/${report.version}.png`
  const kept = await files.find(key)
  if (kept) return { bytes: kept.bytes, read: () => files.read(key) }
  const picture = await drawChart(figuresSchema.parse(report.figures).days)
  await files.remove(folder)
  await files.write(key, oneChunk(picture))
  return { bytes: picture.byteLength, read: () => files.read(key) }
}

async function* oneChunk(bytes: Uint8Array) {
  yield bytes
}
