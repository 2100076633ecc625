import { fileURLToPath } from 'node:url'

/** The benched app as Next serves it. Its root is the project's, where its packages are. */
export default {
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['inngest'],
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
}
