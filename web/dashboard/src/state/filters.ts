import type { Filter } from '../api/reports'

export type Operator = NonNullable<Filter['op']>

/** A test of one dimension. */
export interface Test {
  dimension: string
  op: Operator
  values: string[]
}

export const operators: { id: Operator; label: string; many: boolean }[] = [
  { id: 'is', label: 'is', many: true },
  { id: 'is_not', label: 'is not', many: true },
  { id: 'contains', label: 'contains', many: false },
  { id: 'not_contains', label: 'does not contain', many: false },
  { id: 'starts_with', label: 'starts with', many: false },
  { id: 'ends_with', label: 'ends with', many: false },
  { id: 'matches', label: 'matches (regular expression)', many: false },
  { id: 'not_matches', label: 'does not match', many: false },
  { id: 'greater', label: 'is greater than', many: false },
  { id: 'less', label: 'is less than', many: false },
]

const written =
  /^(prop:.+?|[a-z_]+):(is_not|is|not_contains|contains|starts_with|ends_with|not_matches|matches|not_in|in|greater|less):(.*)$/s

/** Makes a filter of a test; several values make is into in. */
export function filterOf({ dimension, op, values }: Test): Filter {
  if (values.length === 1) return { dimension, op, value: values[0] ?? '' }
  return { dimension, op: op === 'is_not' || op === 'not_in' ? 'not_in' : 'in', values }
}

/** The test that a filter is; null when it is a group. */
export function testOf(filter: Filter): Test | null {
  if (filter.dimension === undefined || filter.dimension === null) return null
  const op = filter.op ?? 'is'
  const values = filter.values ?? (filter.value === null || filter.value === undefined ? [] : [filter.value])
  const plain: Operator = op === 'in' ? 'is' : op === 'not_in' ? 'is_not' : op
  return { dimension: filter.dimension, op: plain, values }
}

/** The tests of which one must hold; null for a filter that is nested deeper than the editor goes. */
export function alternativesOf(filter: Filter): Test[] | null {
  const one = testOf(filter)
  if (one) return [one]
  const tests = filter.or?.map(testOf)
  return tests?.every(test => test !== null) ? tests : null
}

export function filterOfAlternatives(tests: Test[]): Filter {
  const [first] = tests
  return tests.length === 1 && first ? filterOf(first) : { or: tests.map(filterOf) }
}

/** A filter as it stands in an address: dimension:operator:value where that says it all, else JSON. */
export function writeFilter(filter: Filter): string {
  const { dimension, op = 'is', value, values } = filter
  if (dimension && !filter.ignore_case) {
    const text = value ?? (values?.every(entry => !entry.includes(',')) ? values.join(',') : null)
    if (text !== null && !(op.endsWith('in') && value != null)) {
      const short = `${dimension}:${op}:${text}`
      if (written.exec(short)?.[1] === dimension) return short
    }
  }
  return JSON.stringify(filter)
}

/** Reads what an address says; null for what cannot be understood, which is then left out. */
export function readFilter(text: string): Filter | null {
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text)
    } catch {
      return null
    }
  }
  const found = written.exec(text)
  const [, dimension, op, value] = found ?? []
  if (!dimension || !op || value === undefined) return null
  const operator = op as Operator
  return operator === 'in' || operator === 'not_in'
    ? { dimension, op: operator, values: value.split(',') }
    : { dimension, op: operator, value }
}

/** Adds a test of one value: to the same kind of test when there is one, so that two clicks in a list mean either. */
export function withTest(filters: Filter[], dimension: string, value: string, exclude: boolean): Filter[] {
  const op: Operator = exclude ? 'is_not' : 'is'
  const at = filters.findIndex(filter => {
    const test = testOf(filter)
    return test?.dimension === dimension && test.op === op
  })
  const before = at < 0 ? null : testOf(filters[at] as Filter)
  if (!before) return [...filters, { dimension, op, value }]
  if (before.values.includes(value)) return filters
  return filters.with(at, filterOf({ ...before, values: [...before.values, value] }))
}

/** The values that a dimension must have one of, when the filters say so plainly. */
export function chosenValues(filters: Filter[], dimension: string): string[] {
  return filters.flatMap(filter => {
    const test = testOf(filter)
    return test?.dimension === dimension && test.op === 'is' ? test.values : []
  })
}
