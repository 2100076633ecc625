import { admitActor } from '@/app/api/admit-actor'
import { bodyDoor, fieldsOf } from '@/app/api/door'
import { Refusal, wrongFields } from '@/app/api/problem'
import { refreshClock } from '@/lib/clock'
import { importForm, MOST_BYTES, requestImport } from '@/lib/imports/request-import'

export const dynamic = 'force-dynamic'

/** Takes a file of products, as it is: `?name=<its name>&dryRun=true` to look only. */
export const PUT = bodyDoor(async (content, { headers, url, signal }) => {
  const actor = await admitActor(headers)
  await refreshClock()
  const form = importForm.safeParse(Object.fromEntries(url.searchParams))
  if (!form.success) return wrongFields(fieldsOf(form.error))
  const expectedBytes = lengthOf(headers)
  if (expectedBytes !== undefined && expectedBytes > MOST_BYTES)
    return wrongFields({ file: 'A file can have 200 MB at most. Bring it in parts.' })
  try {
    const asked = await requestImport(actor, form.data, { content, expectedBytes, signal })
    return asked.ok ? Response.json({ importId: asked.importId }, { status: 201 }) : wrongFields(asked.fields)
  } catch (error) {
    if (signal.aborted) throw new Refusal({ status: 400, title: 'The file has not come whole.' })
    throw error
  }
})

function lengthOf(headers: Headers): number | undefined {
  const given = headers.get('content-length')
  return given !== null && /^\d{1,15}$/.test(given) ? Number(given) : undefined
}
