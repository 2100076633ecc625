import { ensureBuild } from '../../local/build'

/** What several test files start is built once, before any of them: two that built at the same time would spoil both. */
export default function setup(): void {
  ensureBuild(console.log)
}
