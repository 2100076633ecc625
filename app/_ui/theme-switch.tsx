'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { THEME_KEY } from './theme-script'

const themes = [
  { value: 'system', name: 'As the system', Icon: Monitor },
  { value: 'light', name: 'Light', Icon: Sun },
  { value: 'dark', name: 'Dark', Icon: Moon },
] as const

type Theme = (typeof themes)[number]['value']

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  // A page may show it twice, and radios of one name would be one group.
  const name = useId()
  const [theme, setTheme] = useState<Theme>('system')
  useEffect(() => {
    const { theme: chosen } = document.documentElement.dataset
    if (chosen === 'light' || chosen === 'dark') setTheme(chosen)
  }, [])
  const choose = (next: Theme) => {
    setTheme(next)
    if (next === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    try {
      localStorage.setItem(THEME_KEY, next)
    } catch {
      // A browser that keeps nothing shows the choice until the page is left.
    }
  }
  return (
    <fieldset className="flex w-max gap-0.5 rounded-control border border-line p-0.5">
      <legend className="sr-only">Colours</legend>
      {themes.map(({ value, name: words, Icon }) => (
        <label
          key={value}
          title={words}
          className="flex size-9 cursor-pointer items-center justify-center rounded-[4px] text-quiet hover:text-ink has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus sm:size-6"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={theme === value}
            onChange={() => choose(value)}
            className="sr-only"
          />
          <span className="sr-only">{words}</span>
          <Icon aria-hidden size={14} strokeWidth={1.5} />
        </label>
      ))}
    </fieldset>
  )
}
