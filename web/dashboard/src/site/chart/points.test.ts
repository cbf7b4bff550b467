import { expect, it } from 'vitest'
import type { ReportDocument } from '../../api/reports'
import { pointsOf } from './points'

const report = {
  time_zone: 'Europe/Berlin',
  columns: [
    { id: 'hour', kind: 'dimension' },
    { id: 'visitors', kind: 'metric' },
  ],
  rows: [
    ['2026-07-01T13:00', 5],
    ['2026-07-01T14:00', 2],
    ['2026-07-01T15:00', 0],
  ],
  compare: {
    rows: [
      ['2026-06-30T13:00', 4],
      ['2026-06-30T14:00', 6],
      ['2026-06-30T15:00', 7],
    ],
  },
} as unknown as ReportDocument

it('The hour that is not over is marked, and those to come have no number, but what they are compared with', () => {
  const points = pointsOf(report, 'visitors', 'hour', new Date('2026-07-01T12:30:00Z'))
  expect(points.map(point => point.unfinished)).toEqual([false, true, false])
  expect(points.map(point => point.value)).toEqual([5, 2, null])
  expect(points.map(point => point.before)).toEqual([4, 6, 7])
})
