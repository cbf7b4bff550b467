import { describe, expect, it } from 'vitest'
import { addMonths, clockIn, daysIn, defaultInterval, intervalsFor, isMoving, lastDayOf, shifted } from './period'

describe('A period', () => {
  it('moves by its own length', () => {
    expect(shifted({ from: '2026-03-05', to: '2026-03-11' }, -1)).toEqual({ from: '2026-02-26', to: '2026-03-04' })
    expect(shifted({ from: '2026-03-05', to: '2026-03-11' }, 1)).toEqual({ from: '2026-03-12', to: '2026-03-18' })
  })

  it('of whole months moves by months, however long they are', () => {
    expect(shifted({ from: '2026-03-01', to: '2026-03-31' }, -1)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(shifted({ from: '2026-01-01', to: '2026-03-31' }, -1)).toEqual({ from: '2025-10-01', to: '2025-12-31' })
  })

  it('counts its days over the change of the clocks', () => {
    expect(daysIn({ from: '2026-03-28', to: '2026-03-30' })).toBe(3)
  })

  it('is divided into steps that suit its length', () => {
    expect(intervalsFor({ name: 'today' })).toEqual(['hour'])
    expect(defaultInterval({ name: 'today' })).toBe('hour')
    expect(defaultInterval({ name: '28d' })).toBe('day')
    expect(intervalsFor({ name: '12mo' })).toEqual(['day', 'week', 'month'])
    expect(defaultInterval({ from: '2026-01-01', to: '2026-01-02' })).toBe('hour')
  })

  it('moves only as long as it reaches into today', () => {
    expect(isMoving({ name: '7d' }, '2026-03-05')).toBe(true)
    expect(isMoving({ name: 'yesterday' }, '2026-03-05')).toBe(false)
    expect(isMoving({ from: '2026-03-01', to: '2026-03-04' }, '2026-03-05')).toBe(false)
  })
})

it('A month after the last of January is the last of February', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
})

it('A bucket ends on its last day', () => {
  expect(lastDayOf('2026-02', 'month')).toBe('2026-02-28')
  expect(lastDayOf('2026-02-23', 'week')).toBe('2026-03-01')
  expect(lastDayOf('2026-02-23T10:00', 'hour')).toBe('2026-02-23')
})

it('The clock of a site is that of its zone', () => {
  const noon = new Date('2026-07-01T12:00:00Z')
  expect(clockIn('Europe/Berlin', noon)).toBe('2026-07-01T14:00')
  expect(clockIn('Asia/Kolkata', noon)).toBe('2026-07-01T17:30')
  expect(clockIn('America/Los_Angeles', new Date('2026-07-01T07:00:00Z'))).toBe('2026-07-01T00:00')
})
