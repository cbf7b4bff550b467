import { type ComponentProps, type FormEvent, type ReactNode, useId } from 'react'
import { ApiError } from '../api/ApiError'
import { Button } from './Button'

interface FieldProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  label: string
  hint?: ReactNode
  problem?: string | null
  onText: (text: string) => void
}

/** A line of text with its name, what it is good for, and what is wrong with it. */
export function TextField({ label, hint, problem, onText, ...rest }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        onChange={event => onText(event.target.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={hint || problem ? `${id}-more` : undefined}
      />
      <Below id={`${id}-more`} hint={hint} problem={problem} />
    </div>
  )
}

interface LinesProps {
  label: string
  hint?: ReactNode
  problem?: string | null
  lines: string[]
  onLines: (lines: string[]) => void
  placeholder?: string
}

/** A list of texts, one a line. */
export function LinesField({ label, hint, problem, lines, onLines, placeholder }: LinesProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        rows={Math.min(8, Math.max(2, lines.length + 1))}
        defaultValue={lines.join('\n')}
        placeholder={placeholder}
        spellCheck={false}
        onChange={event =>
          onLines(
            event.target.value
              .split('\n')
              .map(line => line.trim())
              .filter(line => line !== ''),
          )
        }
        aria-invalid={problem ? true : undefined}
        aria-describedby={hint || problem ? `${id}-more` : undefined}
      />
      <Below id={`${id}-more`} hint={hint} problem={problem} />
    </div>
  )
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange'> {
  label: string
  hint?: ReactNode
  problem?: string | null
  options: { value: string; text: string }[]
  onPick: (value: string) => void
}

export function SelectField({ label, hint, problem, options, onPick, ...rest }: SelectProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        {...rest}
        id={id}
        onChange={event => onPick(event.target.value)}
        aria-describedby={hint || problem ? `${id}-more` : undefined}
      >
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <Below id={`${id}-more`} hint={hint} problem={problem} />
    </div>
  )
}

export function CheckField({
  label,
  hint,
  checked,
  onCheck,
}: {
  label: string
  hint?: string
  checked: boolean
  onCheck: (checked: boolean) => void
}) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={event => onCheck(event.target.checked)} />
      <span>
        {label}
        {hint && <span className="field-hint block">{hint}</span>}
      </span>
    </label>
  )
}

function Below({ id, hint, problem }: { id: string; hint?: ReactNode; problem?: string | null | undefined }) {
  if (!hint && !problem) return null
  return (
    <div id={id}>
      {problem && <p className="field-problem">{problem}</p>}
      {hint && <p className="field-hint">{hint}</p>}
    </div>
  )
}

interface FormProps {
  submit: string
  busy: boolean
  /** What went wrong when it was sent. */
  error: unknown
  /** Fields of this form that show their own problem, by the names of the API. */
  fields?: string[]
  done?: string | null
  look?: 'primary' | 'danger'
  disabled?: boolean
  onSubmit: () => void
  children: ReactNode
}

/** A form whose problem is said where it lies: at the field that the server names, else below. */
export function Form({ submit, busy, error, fields = [], done, look = 'primary', disabled = false, onSubmit, children }: FormProps) {
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  const elsewhere = error && !(error instanceof ApiError && error.field && fields.includes(error.field))
  return (
    <form className="form" onSubmit={send}>
      {children}
      {elsewhere ? (
        <p className="field-problem" role="alert">
          {error instanceof ApiError ? (error.detail ? `${error.title}: ${error.detail}` : error.title) : String(error)}
        </p>
      ) : null}
      <div className="form-foot">
        <Button type="submit" look={look} busy={busy} disabled={disabled}>
          {submit}
        </Button>
        <span role="status" className="muted">
          {done}
        </span>
      </div>
    </form>
  )
}

/** What the server said about one field. */
export function problemOf(error: unknown, field: string): string | null {
  return error instanceof ApiError && error.field === field ? (error.detail ?? error.title) : null
}
