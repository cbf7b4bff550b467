import { type ComponentProps, type FormEvent, type ReactNode, useId } from 'react'
import { ApiError } from '../api/ApiError'
import { Button } from './Button'

interface Named {
  label: string
  hint?: ReactNode
  problem?: string | null | undefined
}

/** What every field has: its name, what it is good for, and what is wrong with it. */
function Field({
  label,
  hint,
  problem,
  children,
}: Named & { children: (its: { id: string; 'aria-invalid'?: true | undefined; 'aria-describedby'?: string | undefined }) => ReactNode }) {
  const id = useId()
  const below = `${id}-more`
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': hint || problem ? below : undefined })}
      {(hint || problem) && (
        <div id={below}>
          {problem && <p className="field-problem">{problem}</p>}
          {hint && <p className="field-hint">{hint}</p>}
        </div>
      )}
    </div>
  )
}

interface FieldProps extends Omit<ComponentProps<'input'>, 'onChange'>, Named {
  onText: (text: string) => void
}

/** A line of text. */
export function TextField({ label, hint, problem, onText, ...rest }: FieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {its => <input {...rest} {...its} onChange={event => onText(event.target.value)} />}
    </Field>
  )
}

/** A password that is chosen, by the rule of the server. */
export function NewPasswordField({ hint = 'At least 10 characters.', ...rest }: FieldProps) {
  return <TextField {...rest} type="password" autoComplete="new-password" required minLength={10} hint={hint} />
}

interface LinesProps extends Named {
  lines: string[]
  onLines: (lines: string[]) => void
  placeholder?: string
}

/** A list of texts, one a line. */
export function LinesField({ label, hint, problem, lines, onLines, placeholder }: LinesProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {its => (
        <textarea
          {...its}
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
        />
      )}
    </Field>
  )
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange'>, Named {
  options: { value: string; text: string }[]
  onPick: (value: string) => void
}

export function SelectField({ label, hint, problem, options, onPick, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {its => (
        <select {...rest} {...its} onChange={event => onPick(event.target.value)}>
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
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
