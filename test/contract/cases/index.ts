import type { Case } from '../contract'
import { apps } from './apps'
import { batches } from './batches'
import { cancelling } from './cancelling'
import { concurrency } from './concurrency'
import { control } from './control'
import { doors } from './doors'
import { events } from './events'
import { functionsCalled } from './functions'
import { limits } from './limits'
import { outgoing } from './outgoing'
import { parallel } from './parallel'
import { retries } from './retries'
import { signals } from './signals'
import { starts } from './starts'
import { steps } from './steps'
import { waits } from './waits'

/** The cases that can all go on at the same time, with their functions in one app. */
export const sharedCases: Case[] = [
  ...steps,
  ...retries,
  ...waits,
  ...signals,
  ...parallel,
  ...functionsCalled,
  ...events,
  ...doors,
  ...outgoing,
  ...concurrency,
  ...control,
  ...cancelling,
  ...batches,
  ...starts,
]

/** Every case of the contract. */
export const cases: Case[] = [...sharedCases, ...limits, ...apps]
