import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

const control =
  'h-11 w-full rounded-control border bg-raised px-3 text-16 text-ink sm:h-10 sm:text-14 aria-invalid:border-failed border-line-strong'

type FieldProps = { label: string; hint?: string; error?: string | undefined }

/** Label above, hint below; an error takes the hint's place, so that nothing moves. */
export function Field({
  label,
  hint,
  error,
  children,
}: FieldProps & {
  children: (props: { id: string; 'aria-describedby': string; 'aria-invalid': boolean; className: string }) => ReactNode
}) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="flex flex-col gap-1.5">
      <label className="font-medium" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': hintId, 'aria-invalid': Boolean(error), className: control })}
      <p id={hintId} className={`min-h-5 text-13 ${error ? 'text-failed' : 'text-quiet'}`} aria-live="polite">
        {error ?? hint}
      </p>
    </div>
  )
}

export function TextField({ label, hint, error, ...input }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error}>
      {(props) => <input {...props} {...input} />}
    </Field>
  )
}
