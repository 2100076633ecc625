import { copyFile, lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

type Choice = {
  /** Names right below the folder that are not copied. */
  leaveOut?: ReadonlySet<string>
  /** Names right below the folder that are copied as empty folders. */
  emptied?: ReadonlySet<string>
}

/** Copies a folder, or a file, that others may change meanwhile: what vanishes before its turn is left out. */
export async function copyTree(
  from: string,
  to: string,
  { leaveOut = new Set(), emptied = new Set() }: Choice = {},
): Promise<void> {
  try {
    const found = await lstat(from)
    if (!found.isDirectory()) return await copyFile(from, to)
    await mkdir(to, { recursive: true, mode: found.mode & 0o777 })
    for (const name of await readdir(from)) {
      if (leaveOut.has(name)) continue
      if (emptied.has(name)) await mkdir(join(to, name), { recursive: true, mode: 0o700 })
      else await copyTree(join(from, name), join(to, name))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
