/** @type {import('next').NextConfig} */
const config = {
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'x-content-type-options', value: 'nosniff' },
        { key: 'x-frame-options', value: 'DENY' },
        { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
      ],
    },
  ],
  poweredByHeader: false,
  // Under `npm run dev` the engine asks for the functions every few seconds.
  logging: { incomingRequests: { ignore: [/^\/api\/inngest/] } },
  // `npm run types` checks the whole project, tests too; a build must also work where only dependencies are installed.
  typescript: { ignoreBuildErrors: true },
  // pino, pg and sharp are on Next's own list already; the first two load files beside themselves at run time, and undici
  // would stand in the bundle of pages and in that of routes.
  serverExternalPackages: ['inngest', 'better-auth', 'undici'],
}

export default config
