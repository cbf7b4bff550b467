import { useEffect, useState } from 'react'
import { SearchField } from '../parts/SearchField'
import { outcomes } from './filters'

interface Props {
  filters: URLSearchParams
  onChange: (name: string, value: string) => void
}

const settleMs = 300

/** A line that asks once nothing has been typed for a moment. */
function Line({ name, label, placeholder, filters, onChange }: Props & { name: string; label: string; placeholder: string }) {
  const given = filters.get(name) ?? ''
  const [typed, setTyped] = useState(given)
  const [seen, setSeen] = useState(given)
  if (given !== seen) {
    // The address was changed by something else, such as a click on a visitor.
    setSeen(given)
    if (typed.trim() !== given) setTyped(given)
  }
  useEffect(() => {
    if (typed.trim() === given) return
    const timer = setTimeout(() => onChange(name, typed.trim()), settleMs)
    return () => clearTimeout(timer)
  }, [typed, given, name, onChange])
  return <SearchField label={label} placeholder={placeholder} text={typed} onText={setTyped} />
}

export function HitFilters(props: Props) {
  const { filters, onChange } = props
  return (
    <div className="hit-filters" role="group" aria-label="Filters">
      <Line {...props} name="text" label="Words in the hit" placeholder="Words" />
      <Line {...props} name="event" label="Name of the event" placeholder="Event" />
      <Line {...props} name="path" label="Path of the page" placeholder="/path/*" />
      <Line {...props} name="visitor" label="Visitor" placeholder="Visitor" />
      <Line {...props} name="from" label="Received from" placeholder="From, such as 2026-01-31" />
      <Line {...props} name="to" label="Received until" placeholder="Until" />
      <select aria-label="Outcome" value={filters.get('outcome') ?? ''} onChange={event => onChange('outcome', event.target.value)}>
        {outcomes.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
