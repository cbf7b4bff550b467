import type { Day, Interval, Range } from '../state/period'

const locale = () => navigator.languages as string[]
const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify(options)
  let found = formats.get(name)
  if (!found) {
    found = new Intl.DateTimeFormat(locale(), options)
    formats.set(name, found)
  }
  return found
}

// Days and hours of a report are the site's wall clock already; read as UTC they are shown as they stand.
const wall = (text: string) => new Date(text.length === 7 ? `${text}-01` : text.length === 10 ? text : `${text.slice(0, 16)}Z`)
const utc = { timeZone: 'UTC' } as const

const thisYear = () => new Date().getFullYear()

export function dayText(day: Day, withWeekday = false): string {
  const date = wall(day)
  return format({
    ...utc,
    day: 'numeric',
    month: 'short',
    ...(withWeekday ? { weekday: 'short' } : {}),
    ...(date.getUTCFullYear() === thisYear() ? {} : { year: 'numeric' }),
  }).format(date)
}

export function rangeText({ from, to }: Range): string {
  const [first, last] = [wall(from), wall(to)]
  if (from === to) return dayText(from, true)
  const year = first.getUTCFullYear() === thisYear() && last.getUTCFullYear() === thisYear() ? {} : ({ year: 'numeric' } as const)
  return format({ ...utc, day: 'numeric', month: 'short', ...year }).formatRange(first, last)
}

/** A bucket of time in full, as the reader would say it. */
export function bucketText(bucket: string, interval: Interval): string {
  switch (interval) {
    case 'hour':
      return format({ ...utc, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(wall(bucket))
    case 'month':
      return format({ ...utc, month: 'long', year: 'numeric' }).format(wall(bucket))
    case 'week':
      return `Week of ${dayText(bucket)}`
    default:
      return dayText(bucket, true)
  }
}

/** A bucket of time as the axis shows it; on an axis of one day hours need no date. */
export function axisText(bucket: string, interval: Interval, oneDay: boolean): string {
  if (interval === 'hour' && oneDay) return format({ ...utc, hour: '2-digit', minute: '2-digit' }).format(wall(bucket))
  if (interval === 'month') return format({ ...utc, month: 'short', year: '2-digit' }).format(wall(bucket))
  return format({ ...utc, day: 'numeric', month: 'short' }).format(wall(bucket))
}

export const momentText = (instant: string, timeZone?: string): string =>
  format({ dateStyle: 'medium', timeStyle: 'medium', ...(timeZone ? { timeZone } : {}) }).format(new Date(instant))

export const timeText = (instant: string, timeZone: string): string =>
  format({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone }).format(new Date(instant))

export function agoText(instant: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000))
  const ago = new Intl.RelativeTimeFormat(locale(), { numeric: 'always', style: 'short' })
  if (seconds < 60) return ago.format(-seconds, 'second')
  if (seconds < 3600) return ago.format(-Math.round(seconds / 60), 'minute')
  if (seconds < 86_400) return ago.format(-Math.round(seconds / 3600), 'hour')
  return ago.format(-Math.round(seconds / 86_400), 'day')
}

export function weekdayText(number: string): string {
  // 1 January 2024 was a Monday.
  return format({ ...utc, weekday: 'long' }).format(new Date(Date.UTC(2024, 0, Number(number))))
}
