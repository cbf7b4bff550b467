import { X } from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import { rowsOf, useReport } from '../../api/reports'
import { valueText } from '../../format/values'
import { questionOf, useView } from '../../state/view'
import { useSiteScope } from '../SiteScope'

const suggestions = 12

interface Props {
  dimension: string
  values: string[]
  many: boolean
  onChange: (values: string[]) => void
}

/** Values with suggestions from the site's own numbers. Names of countries and the like are understood too. */
export function ValuesInput({ dimension, values, many, onChange }: Props) {
  const { site } = useSiteScope()
  const [view] = useView()
  const list = useId()
  const [typed, setTyped] = useState(many ? '' : (values[0] ?? ''))
  const search = useDeferredValue(typed.trim())
  const { compare: _, compare_from: _from, compare_to: _to, filters: _filters, ...when } = questionOf(view)
  // What is shown in other words than it is stored cannot be searched by what is shown; there are few enough of those to take the first.
  const coded = dimension === 'country' || dimension === 'language' || dimension === 'day_of_week'
  const found = useReport(site, {
    metrics: ['visitors'],
    dimensions: [dimension],
    order: ['-visitors'],
    limit: coded ? 300 : suggestions,
    ...when,
    ...(search && !coded ? { filters: [{ dimension, op: 'contains' as const, value: search, ignore_case: true }] } : {}),
  })
  const offered =
    found.data && !found.isPlaceholderData ? rowsOf(found.data).map(row => ({ value: row.name, text: valueText(dimension, row.name) })) : []

  const meant = (text: string) => offered.find(offer => offer.text.toLowerCase() === text.toLowerCase())?.value ?? text
  const change = (text: string) => {
    setTyped(text)
    const exact = offered.find(offer => offer.text === text)
    if (!many) onChange(text.trim() === '' ? [] : [meant(text)])
    else if (exact && !values.includes(exact.value)) {
      onChange([...values, exact.value])
      setTyped('')
    }
  }
  const commit = () => {
    const value = meant(typed.trim())
    if (!many || value === '') return
    if (!values.includes(value)) onChange([...values, value])
    setTyped('')
  }
  const key = (event: KeyboardEvent) => {
    if (many && event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault()
      commit()
    } else if (many && event.key === 'Backspace' && typed === '') onChange(values.slice(0, -1))
  }
  return (
    <div className="values-input">
      {many &&
        values.map(value => (
          <span key={value} className="token">
            <span className="cut">{valueText(dimension, value)}</span>
            <button
              type="button"
              aria-label={`Remove ${valueText(dimension, value)}`}
              onClick={() => onChange(values.filter(other => other !== value))}
            >
              <X size={12} aria-hidden />
            </button>
          </span>
        ))}
      <input
        aria-label="Value"
        list={list}
        value={typed}
        placeholder={many && values.length > 0 ? 'or …' : 'Value'}
        onChange={event => change(event.target.value)}
        onKeyDown={key}
        onBlur={commit}
        autoComplete="off"
      />
      <datalist id={list}>
        {offered.slice(0, 300).map(({ value, text }) => (
          <option key={value} value={text} />
        ))}
      </datalist>
    </div>
  )
}
