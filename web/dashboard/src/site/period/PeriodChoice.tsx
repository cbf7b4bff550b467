import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/Button'
import { clockIn, periods, type Range } from '../../state/period'
import { useView } from '../../state/view'
import { useSiteScope } from '../SiteScope'

export function PeriodChoice({ range, close }: { range: Range | null; close: () => void }) {
  const { timeZone } = useSiteScope()
  const [view, show] = useView()
  const today = clockIn(timeZone).slice(0, 10)
  const [from, setFrom] = useState(range?.from ?? today)
  const [to, setTo] = useState(range && range.to < today ? range.to : today)
  const chosen = 'name' in view.period ? view.period.name : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    show({ period: from <= to ? { from, to } : { from: to, to: from }, interval: null })
    close()
  }
  return (
    <>
      <ul className="menu-list">
        {periods.map(({ name, label, key }) => (
          <li key={name}>
            <button
              type="button"
              className="menu-item"
              aria-current={name === chosen || undefined}
              onClick={() => {
                show({ period: { name }, interval: null })
                close()
              }}
            >
              <span>{label}</span>
              <kbd>{key}</kbd>
            </button>
          </li>
        ))}
      </ul>
      <form className="range-form" onSubmit={submit}>
        <label>
          <span className="hidden">First day</span>
          <input type="date" value={from} max={today} required onChange={event => setFrom(event.target.value)} />
        </label>
        <span aria-hidden>–</span>
        <label>
          <span className="hidden">Last day</span>
          <input type="date" value={to} max={today} required onChange={event => setTo(event.target.value)} />
        </label>
        <Button type="submit">Show</Button>
      </form>
    </>
  )
}
