import type { Filter } from '../../api/reports'
import { valueText } from '../../format/values'
import { dimensionOf } from '../../state/dimensions'
import { alternativesOf, operators, type Test } from '../../state/filters'

const mostValues = 3

/** A test in words: Country is Germany or Austria. */
export function describeTest({ dimension, op, values }: Test): { subject: string; verb: string; object: string } {
  const shown = values.slice(0, mostValues).map(value => valueText(dimension, value))
  if (values.length > mostValues) shown.push(`${values.length - mostValues} more`)
  const verb = (operators.find(operator => operator.id === op)?.label ?? op).replace(/ \(.*\)/, '')
  return { subject: dimensionOf(dimension).label, verb, object: shown.join(' or ') }
}

export function describeFilter(filter: Filter): string {
  const tests = alternativesOf(filter)
  if (!tests) return 'a filter of several levels'
  return tests
    .map(describeTest)
    .map(({ subject, verb, object }) => `${subject} ${verb} ${object}`)
    .join(', or ')
}
