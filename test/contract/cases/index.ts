import type { Case } from '../contract'
import { control } from './control'
import { events } from './events'
import { functionsCalled } from './functions'
import { parallel } from './parallel'
import { steps } from './steps'
import { waits } from './waits'

/** Every case of the contract. */
export const cases: Case[] = [...steps, ...waits, ...parallel, ...functionsCalled, ...events, ...control]
