import { describe, expect, it } from 'vitest'
import { EnvError, readEnv } from '@/lib/env'

const live = {
  INNGEST_SIGNING_KEY: 'signkey-prod-ab',
  INNGEST_EVENT_KEY: 'key',
  DATABASE_URL: 'postgresql://u:p@db.example:5432/backroom',
  APP_URL: 'https://shop.example.com',
  SESSION_SECRET: 's'.repeat(32),
  RESEND_API_KEY: 're_1',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
}

const problemsOf = (source: Record<string, string>) => {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}

describe('the environment', () => {
  it('may be empty: that is local mode, all embedded', () => {
    expect(readEnv({})).toMatchObject({
      mode: 'local',
      engine: 'embedded',
      port: 3000,
      host: '127.0.0.1',
      dataDir: '.data',
      databaseUrl: undefined,
    })
  })

  it('is live by a signing key alone', () => {
    expect(readEnv(live)).toMatchObject({ mode: 'live', engine: 'external' })
    expect(readEnv({ ...live, BACKROOM_MODE: 'local' })).toMatchObject({ mode: 'local' })
  })

  it('may embed the engine in live mode too', () => {
    expect(readEnv({ ...live, BACKROOM_ENGINE: 'embedded' })).toMatchObject({ mode: 'live', engine: 'embedded' })
  })

  it('uses another server in local mode when one is named', () => {
    expect(readEnv({ INNGEST_DEV: '1' })).toMatchObject({ mode: 'local', engine: 'external', inngest: { dev: '1' } })
    expect(readEnv({ INNGEST_DEV: '0' })).toMatchObject({ engine: 'embedded', inngest: { dev: undefined } })
    expect(readEnv({ INNGEST_BASE_URL: 'http://inngest:8288' })).toMatchObject({ engine: 'external' })
  })

  it('takes an empty variable as one that is not set', () => {
    expect(readEnv({ PORT: '', INNGEST_SIGNING_KEY: '' })).toMatchObject({ mode: 'local', port: 3000 })
  })

  it('names everything that live mode lacks', () => {
    const problems = problemsOf({ BACKROOM_MODE: 'live' })
    for (const name of Object.keys(live)) expect(problems.join('\n')).toContain(`${name} is missing`)
  })

  it('refuses in live mode what turns signatures off', () => {
    expect(problemsOf({ ...live, INNGEST_DEV: '1' })).toEqual([
      'INNGEST_DEV turns signatures off; unset it in live mode.',
    ])
  })

  it.each([
    ['PORT', 'three thousand'],
    ['PORT', '70000'],
    ['ENGINE_PORT', '-1'],
    ['DATABASE_URL', 'mysql://x'],
    ['APP_URL', 'shop.example.com'],
    ['STRIPE_BASE_URL', 'api.stripe.com'],
    ['BACKROOM_MODE', 'production'],
    ['SIGN_UP_LIMIT', '0'],
    ['CHECKOUT_LIMIT', 'many'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_TOKEN', 'short'],
    ['ALERT_WEBHOOK_URL', 'alerts.example.com'],
    ['ALERT_WEBHOOK_SECRET', 'short'],
    ['ALERT_WEBHOOK_FORMAT', 'xml'],
    ['SESSION_SECRET', 'short'],
  ])('names a variable that is wrong, and what would be right: %s=%s', (name, value) => {
    const [problem] = problemsOf({ [name]: value })
    expect(problem).toContain(`${name} can't be`)
    expect(problem).toContain('it should be')
  })

  it('has alerts posted only where they can be told from others’', () => {
    const url = { ALERT_WEBHOOK_URL: 'https://alerts.example.com/backroom' }
    const secret = { ALERT_WEBHOOK_SECRET: 's'.repeat(16) }
    expect(readEnv({}).alertWebhook).toBeUndefined()
    expect(readEnv({ ...url, ...secret }).alertWebhook).toEqual({
      ...{ url: url.ALERT_WEBHOOK_URL, secret: secret.ALERT_WEBHOOK_SECRET, format: 'json' },
    })
    expect(readEnv({ ...url, ALERT_WEBHOOK_FORMAT: 'slack' }).alertWebhook).toMatchObject({ format: 'slack' })
    expect(problemsOf(url)).toEqual(['ALERT_WEBHOOK_SECRET is missing; it signs what is posted to ALERT_WEBHOOK_URL.'])
    expect(problemsOf(secret)).toEqual(['ALERT_WEBHOOK_URL is missing; without it ALERT_WEBHOOK_SECRET signs nothing.'])
  })

  it('shows no secret in what it says', () => {
    expect(problemsOf({ SESSION_SECRET: 'hunter2' }).join()).not.toContain('hunter2')
    expect(problemsOf({ DATABASE_URL: 'mysql://u:hunter2@x' }).join()).not.toContain('hunter2')
  })
})
