'use client'

import { Button } from '@/app/_ui/button'
import { Field, TextArea } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import type { ReportSettings } from '@/lib/accounts/read-report-settings'
import { useActForm } from '../use-act-form'
import { saveReportSettings } from './actions'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const ZONES = 'time-zones'

const types = [
  { name: 'daily', words: 'Each day, of the day before' },
  { name: 'weekly', words: 'On Mondays, of the week before' },
  { name: 'monthly', words: 'On the first, of the month before' },
] as const

/** When the shop gets which reports, and who reads them. */
export function ReportsForm({
  settings,
  zones,
  email,
  note,
}: {
  settings: ReportSettings
  zones: string[]
  /** Of the owner, who gets them where nobody is named. */
  email: string
  /** What there is to know of the hour as it is saved. */
  note: string | undefined
}) {
  const { ref, submit, fields, message, isPending } = useActForm(saveReportSettings, {}, () => {}, settingsOf)
  return (
    <form ref={ref} onSubmit={submit} noValidate className="flex flex-col gap-2">
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        <Field label="Time zone" hint="The shop’s days begin by its clocks." error={fields.timeZone}>
          {(props) => (
            <input
              {...props}
              name="timeZone"
              list={ZONES}
              defaultValue={settings.timeZone}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <datalist id={ZONES}>
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <Field label="Hour at which reports are made" hint={note} error={fields.hour}>
          {(props) => (
            <select {...props} name="hour" defaultValue={settings.hour}>
              {HOURS.map((hour) => (
                <option key={hour} value={hour}>
                  {String(hour).padStart(2, '0')}:00
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <fieldset className="flex flex-col pb-3">
        <legend className="pb-1 font-medium">Which reports</legend>
        {types.map(({ name, words }) => (
          <label key={name} className="flex min-h-11 items-center gap-2 self-start sm:min-h-8">
            <input type="checkbox" name={name} defaultChecked={settings[name]} className="size-4 accent-accent" />
            {words}
          </label>
        ))}
      </fieldset>
      <TextArea
        label="To whom"
        name="recipients"
        rows={4}
        defaultValue={settings.recipients.join('\n')}
        placeholder={email}
        spellCheck={false}
        hint={`An address a line, 20 at most. Nobody: they go to ${email}.`}
        error={recipientsProblem(fields, ref.current)}
      />
      {settings.unsubscribed.length > 0 ? (
        <Notice kind="plain">
          {settings.unsubscribed.join(', ')} {settings.unsubscribed.length === 1 ? 'wants' : 'want'} no more of them,
          and gets none.
        </Notice>
      ) : null}
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <div>
        <Button type="submit" disabled={isPending}>
          {isPending ? 'Saving…' : 'Save the settings'}
        </Button>
      </div>
    </form>
  )
}

function settingsOf(form: HTMLFormElement): object {
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '')
  const isOn = (name: string) => data.has(name)
  return {
    // As people write it who don't choose it from the list.
    timeZone: text('timeZone').trim().replaceAll(' ', '_'),
    hour: Number(text('hour')),
    ...{ daily: isOn('daily'), weekly: isOn('weekly'), monthly: isOn('monthly') },
    recipients: linesOf(form),
  }
}

const linesOf = (form: HTMLFormElement) =>
  String(new FormData(form).get('recipients') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** What is wrong with the list, or with the first line of it that is no address. */
function recipientsProblem(fields: Record<string, string>, form: HTMLFormElement | null): string | undefined {
  if (fields.recipients) return fields.recipients
  const [name, problem] = Object.entries(fields).find(([field]) => field.startsWith('recipients.')) ?? []
  if (!name || !form) return problem
  const line = linesOf(form)[Number(name.split('.')[1])]
  return line ? `“${line.slice(0, 60)}” is no address. ${problem}` : problem
}
