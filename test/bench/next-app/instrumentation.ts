/** As the project's own does. Without a file here Next would take that one. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { makeEnvPlain } = await import('@/lib/plain-env')
  makeEnvPlain()
}
