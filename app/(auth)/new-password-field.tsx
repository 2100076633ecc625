import { TextField } from '@/app/_ui/field'

/** A password that is being chosen. */
export function NewPasswordField({ label, error }: { label: string; error: string | undefined }) {
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      hint="At least 10 characters."
      required
      error={error}
    />
  )
}
