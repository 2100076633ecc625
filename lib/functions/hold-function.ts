import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import { controlWords, type FunctionState, holdAtEngine, listFunctionsAtEngine, type Refused } from '../engine-controls'
import { isId } from '../is-id'

export type HoldAnswer = { ok: true } | { ok: false; message: string }

type Operator = Pick<Actor, 'userId' | 'email' | 'isOperator'>

/** Holds a function back: nothing starts it until it is resumed. */
export function pauseFunction(actor: Operator, functionId: string): Promise<HoldAnswer> {
  return hold(actor, functionId, true)
}

/** Lets a function that was paused go again. */
export function resumeFunction(actor: Operator, functionId: string): Promise<HoldAnswer> {
  return hold(actor, functionId, false)
}

/** How each function stands at the engine, paused or not; null where another server drives the app, or the engine is away. */
export async function listFunctionStates(actor: Pick<Actor, 'isOperator'>): Promise<FunctionState[] | null> {
  assertOperator(actor)
  return (await listFunctionsAtEngine()) ?? null
}

async function hold(actor: Operator, functionId: string, isPaused: boolean): Promise<HoldAnswer> {
  assertOperator(actor)
  if (!isId(functionId)) return { ok: false, message: noFunction }
  const answer = await holdAtEngine(functionId, isPaused)
  if (!answer.ok) return { ok: false, message: words[answer.why] ?? controlWords.away }
  await recordAct(db(), actor, { act: isPaused ? 'pause' : 'resume', subject: `function/${functionId}` })
  return { ok: true }
}

const noFunction = 'The engine knows no such function.'
const words: Partial<Record<Refused, string>> = { ...controlWords, 'no-function': noFunction }
