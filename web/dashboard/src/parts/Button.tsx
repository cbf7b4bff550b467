import type { ComponentProps, ReactNode } from 'react'

type Look = 'plain' | 'primary' | 'quiet' | 'danger'

interface Props extends ComponentProps<'button'> {
  look?: Look
  busy?: boolean
}

export function Button({ look = 'plain', busy = false, className = '', children, disabled, ...rest }: Props) {
  return (
    <button type="button" {...rest} className={`button ${look} ${className}`} disabled={disabled || busy} aria-busy={busy || undefined}>
      {children}
    </button>
  )
}

/** A button that is only an icon; its name is said and shown on hover. */
export function IconButton({
  label,
  children,
  className = '',
  ...rest
}: ComponentProps<'button'> & { label: string; children: ReactNode }) {
  return (
    <button type="button" {...rest} className={`icon-button ${className}`} aria-label={label} title={label}>
      {children}
    </button>
  )
}
