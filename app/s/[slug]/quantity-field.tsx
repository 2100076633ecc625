'use client'

import { Minus, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'

/**
 * How many pieces: typed, or one more or less at a press.
 * @param of what it is, for ears.
 * @param most how many there can be.
 */
export function QuantityField({
  of,
  value,
  most,
  onChange,
}: {
  of: string
  value: number
  most: number
  onChange: (quantity: number) => void
}) {
  // What is being typed need not be a quantity yet.
  const [typed, setTyped] = useState<string>()
  const choose = (quantity: number) => {
    setTyped(undefined)
    onChange(quantity)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be laid out by rules of its own
    <div
      role="group"
      aria-label={`Quantity of ${of}`}
      className="flex w-max rounded-control border border-line-strong bg-surface"
    >
      <Step label={`One less of ${of}`} isOff={value <= 1} onPress={() => choose(value - 1)}>
        <Minus aria-hidden size={16} strokeWidth={1.5} />
      </Step>
      <input
        aria-label={`How many of ${of}`}
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(value)}
        onChange={({ target: { value: text } }) => {
          const quantity = /^[1-9]\d{0,3}$/.test(text) ? Math.min(Number(text), Math.max(most, 1)) : undefined
          setTyped(quantity === undefined ? text.replace(/\D/g, '').slice(0, 4) : undefined)
          if (quantity !== undefined) onChange(quantity)
        }}
        onBlur={() => setTyped(undefined)}
        className="h-11 w-12 bg-transparent text-center text-16 tabular-nums sm:h-10 sm:text-14"
      />
      <Step label={`One more of ${of}`} isOff={value >= most} onPress={() => choose(value + 1)}>
        <Plus aria-hidden size={16} strokeWidth={1.5} />
      </Step>
    </div>
  )
}

function Step({
  label,
  isOff,
  onPress,
  children,
}: {
  label: string
  isOff: boolean
  onPress: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={isOff}
      onClick={onPress}
      className="flex size-11 items-center justify-center rounded-control text-ink hover:bg-raised disabled:cursor-not-allowed disabled:text-quiet disabled:opacity-60 sm:size-10"
    >
      {children}
    </button>
  )
}
