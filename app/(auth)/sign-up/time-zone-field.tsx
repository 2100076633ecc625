'use client'

import { useEffect, useState } from 'react'
import { Field } from '@/app/_ui/field'

const FIRST_ZONE = 'America/New_York'

/** The browser's own zone, where it is one of those offered: the server can't know where a shop is. */
export function TimeZoneField({ zones, error }: { zones: string[]; error: string | undefined }) {
  const [zone, setZone] = useState(FIRST_ZONE)

  useEffect(() => {
    const { timeZone: own } = Intl.DateTimeFormat().resolvedOptions()
    if (zones.includes(own)) setZone(own)
  }, [zones])

  return (
    <Field label="Time zone of the shop" hint="Its days, and so its reports, begin there." error={error}>
      {(props) => (
        <select {...props} name="timeZone" value={zone} onChange={(event) => setZone(event.target.value)}>
          {zones.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
