import { expect, test } from 'vitest'
import { isLive, outcomeText, readFilters, withFilter } from './filters'

test('an address says what is asked for, and nothing else reaches the server', () => {
  expect(readFilters('?path=/shop/*&event=&live=0&limit=9&visitor= ab ').toString()).toBe('path=%2Fshop%2F*&visitor=ab')
})

test('a changed filter changes nothing else of the address', () => {
  expect(withFilter('?live=0&event=click', 'path', '/a*')).toBe('?live=0&event=click&path=/a*')
  expect(withFilter('?event=click', 'event', '')).toBe('')
})

test('a page is live until it is told otherwise', () => {
  expect([isLive(''), isLive('?live=0')]).toEqual([true, false])
})

test('every outcome has words, also one that is not known here', () => {
  expect([outcomeText('duplicate'), outcomeText('refused:new_reason')]).toEqual(['Repeat', 'Refused: new_reason'])
})
