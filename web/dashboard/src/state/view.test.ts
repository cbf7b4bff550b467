import { describe, expect, it } from 'vitest'
import { questionOf, readView, type View, writeView } from './view'

const plain = readView('')

describe('The address of a view', () => {
  it('is empty for the view that a site begins with', () => {
    expect(writeView(plain)).toBe('')
  })

  it('says all that the view is', () => {
    const views: Partial<View>[] = [
      { period: { name: 'today' }, metric: 'bounce_rate' },
      { period: { from: '2026-01-01', to: '2026-02-15' }, interval: 'week', compare: { by: 'previous_year' } },
      { compare: { by: 'custom', from: '2025-01-01', to: '2025-01-31' } },
      { filters: [{ dimension: 'page', op: 'is', value: '/a&b=c' }], tabs: { sources: 'channel' } },
    ]
    for (const change of views) expect(readView(writeView({ ...plain, ...change }))).toEqual({ ...plain, ...change })
  })

  it('that makes no sense shows what a site begins with', () => {
    expect(readView('?period=forever&metric=mood&interval=second&from=2026-02-30&to=x&compare=custom')).toEqual(plain)
  })

  it('takes no step that its period does not have', () => {
    expect(readView('?period=12mo&interval=hour').interval).toBeNull()
  })
})

describe('The question of a view', () => {
  it('compares with the period before unless told otherwise', () => {
    expect(questionOf(plain)).toEqual({ period: '28d', compare: 'previous_period' })
    expect(questionOf({ ...plain, compare: { by: 'off' } })).toEqual({ period: '28d' })
  })

  it('does not compare all time with what was before it', () => {
    expect(questionOf({ ...plain, period: { name: 'all' } })).toEqual({ period: 'all' })
  })
})
