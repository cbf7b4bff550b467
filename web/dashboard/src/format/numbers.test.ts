import { expect, it } from 'vitest'
import { changeOf, duration, exactMetric, nothing, shortMetric } from './numbers'

it('A change is told only where there is something to compare with', () => {
  expect(changeOf(12, 10)).toBeCloseTo(0.2)
  expect(changeOf(5, 0)).toBeNull()
  expect(changeOf(0, 0)).toBe(0)
  expect(changeOf(null, 10)).toBeNull()
})

it('A number that is not there is not nought', () => {
  expect(shortMetric('bounce_rate', null, 'EUR')).toBe(nothing)
})

it('Large numbers are short on the page and whole on demand', () => {
  expect(shortMetric('visitors', 1_234_567, 'EUR')).toBe('1.2M')
  expect(exactMetric('visitors', 1_234_567, 'EUR')).toBe('1,234,567')
})

it('Durations are told in their two largest units', () => {
  expect([duration(9), duration(104), duration(7320)]).toEqual(['9 s', '1 min 44 s', '2 h 2 min'])
})
