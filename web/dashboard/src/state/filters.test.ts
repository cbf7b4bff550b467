import { describe, expect, it } from 'vitest'
import type { Filter } from '../api/reports'
import { alternativesOf, filterOfAlternatives, readFilter, withTest, writeFilter } from './filters'

describe('A filter in an address', () => {
  const filters: Filter[] = [
    { dimension: 'page', op: 'is', value: '/a:b,c?d=e&f#g' },
    { dimension: 'source', op: 'is_not', value: 'is:google' },
    { dimension: 'country', op: 'in', values: ['DE', 'AT'] },
    { dimension: 'city', op: 'not_in', values: ['Frankfurt, Oder', 'Halle'] },
    { dimension: 'prop:size: large', op: 'is', value: 'XL' },
    { dimension: 'title', op: 'contains', value: '' },
    { dimension: 'page', op: 'contains', value: 'Blog', ignore_case: true },
    {
      or: [
        { dimension: 'page', op: 'starts_with', value: '/blog' },
        { dimension: 'channel', op: 'is', value: 'Email' },
      ],
    },
  ]

  it('is read as it was written', () => {
    for (const filter of filters) expect(readFilter(writeFilter(filter))).toEqual(filter)
  })

  it('is short and can be read by people where it is simple', () => {
    expect(writeFilter({ dimension: 'country', op: 'in', values: ['DE', 'AT'] })).toBe('country:in:DE,AT')
  })

  it('that makes no sense is left out', () => {
    expect(readFilter('nonsense')).toBeNull()
    expect(readFilter('{"dimension":')).toBeNull()
    expect(readFilter('page:sounds_like:x')).toBeNull()
  })
})

describe('A click on a row', () => {
  it('adds a filter', () => {
    expect(withTest([], 'source', 'google', false)).toEqual([{ dimension: 'source', op: 'is', value: 'google' }])
  })

  it('on a second row of the same list means either', () => {
    const one = withTest([], 'source', 'google', false)
    expect(withTest(one, 'source', 'bing', false)).toEqual([{ dimension: 'source', op: 'in', values: ['google', 'bing'] }])
  })

  it('that leaves out stands beside one that shows only', () => {
    const one = withTest([], 'source', 'google', false)
    expect(withTest(one, 'page', '/cart', true)).toEqual([...one, { dimension: 'page', op: 'is_not', value: '/cart' }])
  })

  it('twice is the same as once', () => {
    const one = withTest([], 'source', 'google', false)
    expect(withTest(one, 'source', 'google', false)).toBe(one)
  })
})

describe('The editor', () => {
  it('gives back the alternatives that it was given', () => {
    const filter: Filter = {
      or: [
        { dimension: 'page', op: 'is', value: '/' },
        { dimension: 'os', op: 'is', value: 'iOS' },
      ],
    }
    expect(filterOfAlternatives(alternativesOf(filter) ?? [])).toEqual(filter)
  })

  it('does not take a filter of more levels than it can show', () => {
    expect(alternativesOf({ or: [{ and: [{ dimension: 'page', op: 'is', value: '/' }] }] })).toBeNull()
  })
})
