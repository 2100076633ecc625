'use client'

import { useRouter } from 'next/navigation'
import { type DragEvent, useState } from 'react'
import { Notice } from '@/app/_ui/notice'
import type { ImageOperation } from '@/lib/events'
import { chosenOf, OperationsChoice, usual } from './operations-choice'

type Answer = { imageId?: string; title?: string }

const UNREACHABLE = 'The server could not be reached. Look at your connection and try again.'

/** Uploads pictures that are chosen, or dropped here: one goes its way at once, many are asked for together. */
export function UploadImages({ productId }: { productId: string }) {
  const router = useRouter()
  const [standing, setStanding] = useState('')
  const [problems, setProblems] = useState<string[]>([])
  const [choices, setChoices] = useState(usual)
  const isBusy = standing !== ''

  const upload = async (files: File[]) => {
    if (files.length === 0 || isBusy) return
    const operations = chosenOf(choices)
    if (operations.length === 0) return setProblems(['Choose what is done to the pictures, one thing at least.'])
    const wrong: string[] = []
    const held: string[] = []
    setProblems([])
    for (const [index, file] of files.entries()) {
      setStanding(`Uploading ${index + 1} of ${files.length}…`)
      const { imageId, title } = await put(file, { productId, operations, isHeld: files.length > 1 })
      if (imageId) held.push(imageId)
      else wrong.push(`${file.name}: ${title ?? UNREACHABLE}`)
    }
    if (files.length > 1 && held.length > 0 && !(await start(held))) wrong.push(UNREACHABLE)
    setProblems(wrong)
    setStanding('')
    router.refresh()
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void upload([...event.dataTransfer.files])
  }
  return (
    <div className="flex flex-col gap-3">
      <label
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        className="flex min-h-24 cursor-pointer flex-col items-center justify-center gap-1 rounded-control border border-dashed border-line p-4 focus-within:outline-2 focus-within:outline-focus"
      >
        <span className="font-medium text-accent">{isBusy ? standing : 'Add pictures'}</span>
        <span className="text-13 text-quiet">JPEG, PNG, WebP or AVIF, 15 MB at most. Or drop them here.</span>
        <input
          type="file"
          multiple
          accept="image/jpeg,image/png,image/webp,image/avif"
          className="sr-only"
          disabled={isBusy}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            void upload(files)
          }}
        />
      </label>
      <OperationsChoice choices={choices} onChange={setChoices} />
      <div role="status" className="sr-only">
        {standing}
      </div>
      {problems.map((problem) => (
        <Notice key={problem} kind="bad">
          {problem}
        </Notice>
      ))}
    </div>
  )
}

type Asked = { productId: string; operations: ImageOperation[]; isHeld: boolean }

async function put(file: File, { productId, operations, isHeld }: Asked): Promise<Answer> {
  const query = new URLSearchParams({
    product: productId,
    operations: operations.join(','),
    ...(isHeld ? { hold: '1' } : {}),
  })
  return fetch(`/api/uploads/images?${query}`, { method: 'PUT', body: file })
    .then((answer) => answer.json() as Promise<Answer>)
    .catch(() => ({}))
}

async function start(imageIds: string[]): Promise<boolean> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ imageIds }) }
  return fetch('/api/uploads/images/batch', init).then(
    ({ ok }) => ok,
    () => false,
  )
}
