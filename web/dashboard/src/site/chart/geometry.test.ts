import { expect, it } from 'vitest'
import { geometryOf, labelled, margin, nearest, type Point } from './geometry'

const pointsOf = (...values: number[]): Point[] =>
  values.map((value, day) => ({ bucket: `2026-01-0${day + 1}`, value, before: null, beforeBucket: null, unfinished: false }))
const box = { width: 424, height: 240 }

it('The line goes from one side to the other and stands on the ground', () => {
  const { x, y } = geometryOf(pointsOf(0, 5, 10), box, true)
  expect([x(0), x(2)]).toEqual([margin.left, box.width - margin.right])
  expect(y(0)).toBe(box.height - margin.bottom)
  expect(y(10)).toBeLessThan(y(5))
})

it('Counts have no label between two whole numbers', () => {
  expect(geometryOf(pointsOf(1, 2), box, true).ticks).toEqual([1, 2])
})

it('A site without a visitor has an axis too', () => {
  expect(geometryOf(pointsOf(0, 0), box, true).y(0)).toBe(box.height - margin.bottom)
})

it('Labels do not run into each other', () => {
  expect(labelled(28, 400).length).toBeLessThanOrEqual(5)
  expect(labelled(3, 400)).toEqual([0, 1, 2])
})

it('The pointer finds the nearest point, at the edges too', () => {
  expect(nearest(-50, 5, box.width)).toBe(0)
  expect(nearest(9999, 5, box.width)).toBe(4)
  expect(nearest(box.width / 2, 5, box.width)).toBe(2)
})
