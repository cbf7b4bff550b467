import { ListFilter, X } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Filter } from '../../api/reports'
import { alternativesOf } from '../../state/filters'
import { lazily } from '../../parts/lazily'
import { describeFilter, describeTest } from './describe'

const FilterEditor = lazily(() => import('./FilterEditor'))

function Words({ filter }: { filter: Filter }) {
  const tests = alternativesOf(filter)
  if (!tests) return <span>Custom filter</span>
  return tests.map(describeTest).map(({ subject, verb, object }, index) => (
    <span key={index}>
      {index > 0 && <em> or </em>}
      {subject} <em>{verb}</em> <strong>{object}</strong>
    </span>
  ))
}

interface Props {
  filters: Filter[]
  onChange: (filters: Filter[]) => void
}

/** Filters of which all hold. Each can be changed, and removed. */
export function FilterBar({ filters, onChange }: Props) {
  const [edited, setEdited] = useState<number | 'new' | null>(null)
  const save = (filter: Filter | null) => {
    const others = typeof edited === 'number' ? filters.filter((_, index) => index !== edited) : filters
    const next = filter === null ? others : typeof edited === 'number' ? filters.with(edited, filter) : [...filters, filter]
    setEdited(null)
    onChange(next)
  }
  return (
    <div className="filter-bar">
      <button type="button" className="button quiet" onClick={() => setEdited('new')}>
        <ListFilter size={16} aria-hidden /> Filter
      </button>
      <ul className="chips" aria-label="Filters">
        {filters.map((filter, index) => (
          <li key={JSON.stringify(filter)} className="chip">
            <button type="button" className="chip-text" onClick={() => setEdited(index)} title="Change this filter">
              <Words filter={filter} />
            </button>
            <button
              type="button"
              className="chip-remove"
              aria-label={`Remove the filter ${describeFilter(filter)}`}
              title="Remove"
              onClick={() => onChange(filters.filter((_, other) => other !== index))}
            >
              <X size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {filters.length > 1 && (
        <button type="button" className="quiet-link" onClick={() => onChange([])}>
          Clear all
        </button>
      )}
      {edited !== null && (
        <Suspense>
          <FilterEditor
            filter={typeof edited === 'number' ? (filters[edited] ?? null) : null}
            onSave={save}
            onClose={() => setEdited(null)}
          />
        </Suspense>
      )}
    </div>
  )
}
