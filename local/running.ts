import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readPrivateJson, writePrivateJson } from './private-file'
import { PROJECT_DIR } from './project'

/** What runs on a data folder, for the commands that speak to it. */
export type RunningNote = {
  appUrl: string
  engineUrl: string | undefined
  mailUrl: string | undefined
  paymentsUrl: string | undefined
}

const pathIn = (dataDir: string) => join(dataDir, 'running.json')

/** The data folder, wherever the command was given. */
export function dataFolder(dataDir: string): string {
  return resolve(PROJECT_DIR, dataDir)
}

export function noteRunning(dataDir: string, note: RunningNote): void {
  writePrivateJson(pathIn(dataDir), note)
}

export function readRunning(dataDir: string): RunningNote | undefined {
  return readPrivateJson<RunningNote>(pathIn(dataDir))
}

export function forgetRunning(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}
