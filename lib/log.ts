import pino from 'pino'

/** Structured log lines on stdout. Never a token, a password or a letter's body: name things by their ids. */
export const log = pino({ level: process.env.LOG_LEVEL || 'info', base: { program: 'app' } })
