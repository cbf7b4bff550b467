import { type Range, shifted } from '../../state/period'
import { type Compare, useView } from '../../state/view'

const choices: { by: Compare['by']; label: string }[] = [
  { by: 'previous_period', label: 'The period before' },
  { by: 'previous_year', label: 'The year before' },
  { by: 'custom', label: 'Days of your choice' },
  { by: 'off', label: 'Nothing' },
]

export function CompareChoice({ range }: { range: Range | null }) {
  const [view, show] = useView()
  const { compare } = view
  const choose = (by: Compare['by']) => {
    if (by !== 'custom') show({ compare: { by } })
    else if (range) show({ compare: { by, ...shifted(range, -1) } })
  }
  return (
    <fieldset className="compare">
      <legend>Compare with</legend>
      {choices.map(({ by, label }) => (
        <label key={by} className="radio">
          <input type="radio" name="compare" checked={compare.by === by} onChange={() => choose(by)} />
          {label}
          {by === 'previous_period' && <kbd>X</kbd>}
        </label>
      ))}
      {compare.by === 'custom' && (
        <div className="range-form">
          <input
            type="date"
            aria-label="First day compared"
            value={compare.from}
            max={compare.to}
            onChange={event => event.target.value && show({ compare: { ...compare, from: event.target.value } })}
          />
          <span aria-hidden>–</span>
          <input
            type="date"
            aria-label="Last day compared"
            value={compare.to}
            min={compare.from}
            onChange={event => event.target.value && show({ compare: { ...compare, to: event.target.value } })}
          />
        </div>
      )}
    </fieldset>
  )
}
