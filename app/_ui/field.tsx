import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'

const face =
  'w-full scroll-mt-12 rounded-control border border-line-strong bg-surface px-3 text-16 text-ink placeholder:text-quiet aria-invalid:border-failed-line sm:text-14'

type FieldProps = { label: string; hint?: string | undefined; error?: string | undefined }

type ControlProps = { id: string; 'aria-describedby': string; 'aria-invalid': boolean; className: string }

/** Label above, hint below; an error takes the hint's place, so that nothing moves. */
export function Field({ label, hint, error, children }: FieldProps & { children: (props: ControlProps) => ReactNode }) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="flex flex-col gap-1.5">
      <label className="font-medium" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': hintId, 'aria-invalid': Boolean(error), className: `${face} h-11 sm:h-10` })}
      <p id={hintId} className={`min-h-5 text-13 ${error ? 'text-failed' : 'text-quiet'}`} aria-live="polite">
        {error ?? hint}
      </p>
    </div>
  )
}

export function TextField({ label, hint, error, ...input }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(props) => <input {...props} {...input} />}
    </Field>
  )
}

export function TextArea({
  label,
  hint,
  error,
  isCode,
  ...area
}: FieldProps & { isCode?: boolean } & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(props) => (
        <textarea
          {...props}
          {...area}
          className={`${face} py-2 ${isCode ? 'font-mono sm:text-12' : ''}`}
          spellCheck={isCode ? false : undefined}
        />
      )}
    </Field>
  )
}

/** A control of a row of filters: its label is for ears, what it says is for eyes. */
export function FilterSelect({
  label,
  options,
  ...select
}: { label: string; options: { value: string; name: string }[] } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <select
      aria-label={label}
      className="h-11 max-w-full rounded-control border border-line-strong bg-surface px-2 text-16 sm:h-8 sm:text-13"
      {...select}
    >
      {options.map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  )
}
