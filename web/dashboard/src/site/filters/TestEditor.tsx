import { X } from 'lucide-react'
import { IconButton } from '../../parts/Button'
import { dimensionOf, filterGroups } from '../../state/dimensions'
import { type Operator, operators, type Test } from '../../state/filters'
import { useProperties } from '../panels/PropertyList'
import { ValuesInput } from './ValuesInput'

interface Props {
  test: Test
  onChange: (test: Test) => void
  onRemove: (() => void) | null
}

export function TestEditor({ test, onChange, onRemove }: Props) {
  const properties = useProperties()
  const operator = operators.find(candidate => candidate.id === test.op)
  const names = properties.names?.map(name => `prop:${name}`) ?? []
  const extra = test.dimension.startsWith('prop:') && !names.includes(test.dimension) ? [test.dimension, ...names] : names
  const changeOperator = (op: Operator) => {
    const many = operators.find(candidate => candidate.id === op)?.many
    onChange({ ...test, op, values: many ? test.values : test.values.slice(0, 1) })
  }
  return (
    <div className="test-editor">
      <select aria-label="What" value={test.dimension} onChange={event => onChange({ ...test, dimension: event.target.value, values: [] })}>
        {filterGroups.map(group => (
          <optgroup key={group.title} label={group.title}>
            {group.ids.map(id => (
              <option key={id} value={id}>
                {dimensionOf(id).label}
              </option>
            ))}
          </optgroup>
        ))}
        {extra.length > 0 && (
          <optgroup label="Event property">
            {extra.map(id => (
              <option key={id} value={id}>
                {dimensionOf(id).label}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <select aria-label="How" value={test.op} onChange={event => changeOperator(event.target.value as Operator)}>
        {operators.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <ValuesInput
        dimension={test.dimension}
        values={test.values}
        many={operator?.many ?? false}
        onChange={values => onChange({ ...test, values })}
      />
      {onRemove && (
        <IconButton label="Remove this alternative" onClick={onRemove}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
