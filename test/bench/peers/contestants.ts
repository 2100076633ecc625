import { ensureDatabase } from '../../../local/postgres/cluster'
import { sendOne } from '../latency'
import { openStage } from '../stage'
import { type Target, targetOf } from '../throughput'
import type { Workbench } from '../workbench'
import { guarantees, ofBullMq } from './guarantees'
import { openPeer } from './open-peer'

/** One of those that are measured beside each other. */
export type Contestant = {
  name: string
  /** What it promises. */
  guarantees: string
  target: Target
  /** Sends one job that notes when its first line ran. */
  sendOne?: () => Promise<unknown>
  stop: () => Promise<void>
}

/** All of them, ours first; each works on a store of its own. */
export async function openContestants(bench: Workbench): Promise<Contestant[]> {
  return [await ours(bench), await engineAlone(bench), await pgBoss(bench), ...(await bullMq(bench))]
}

async function ours({ cluster, dir }: Workbench): Promise<Contestant> {
  const databaseUrl = await ensureDatabase(cluster, 'peers_ours')
  const stage = await openStage({ app: 'node', engine: 'ours', databaseUrl, dir })
  const target = targetOf(stage, cluster.child.pid)
  const send = () => sendOne(stage, 'latency')
  return { name: 'Backroom', guarantees: guarantees.backroom, target, sendOne: send, stop: stage.stop }
}

/** Without the SDK, whose share of a run is the greater one. */
async function engineAlone({ cluster, dir }: Workbench): Promise<Contestant> {
  const databaseUrl = await ensureDatabase(cluster, 'peers_engine')
  const stage = await openStage({ app: 'null', engine: 'ours', databaseUrl, dir })
  const target = targetOf(stage, cluster.child.pid)
  return { name: 'its engine alone', guarantees: guarantees.engineAlone, target, stop: stage.stop }
}

async function pgBoss({ cluster, dir }: Workbench): Promise<Contestant> {
  const databaseUrl = await ensureDatabase(cluster, 'peers_pg_boss')
  const pids = { postgres: cluster.child.pid }
  const peer = await openPeer('pg-boss', { dir, env: { DATABASE_URL: databaseUrl }, pids })
  return { name: 'pg-boss', guarantees: guarantees.pgBoss, ...peer }
}

async function bullMq({ dir }: Workbench): Promise<Contestant[]> {
  const { REDIS_URL } = process.env
  if (!REDIS_URL) return []
  const peer = await openPeer('bullmq', { dir, env: { REDIS_URL }, pids: {} })
  return [{ name: 'BullMQ', guarantees: ofBullMq(peer.about.durability ?? 'not told'), ...peer }]
}
