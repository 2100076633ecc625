/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // pino, pg and sharp are on Next's own list already; these two load files beside themselves at run time.
  serverExternalPackages: ['inngest', 'better-auth'],
}

export default config
