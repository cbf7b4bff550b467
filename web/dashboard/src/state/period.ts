/** Days are local days of the site, written yyyy-MM-dd; arithmetic on them is in UTC, where every day has 24 hours. */
export type Day = string

export type PeriodName = 'today' | 'yesterday' | '7d' | '28d' | '30d' | '90d' | 'month' | '12mo' | 'year' | 'all'

export type Period = { name: PeriodName } | { from: Day; to: Day }

export type Interval = 'hour' | 'day' | 'week' | 'month'

export interface Range {
  from: Day
  to: Day
}

export const defaultPeriod: Period = { name: '28d' }

export const periods: { name: PeriodName; label: string; key: string }[] = [
  { name: 'today', label: 'Today', key: 'D' },
  { name: 'yesterday', label: 'Yesterday', key: 'E' },
  { name: '7d', label: 'Last 7 days', key: 'W' },
  { name: '28d', label: 'Last 28 days', key: 'F' },
  { name: '90d', label: 'Last 90 days', key: 'Q' },
  { name: 'month', label: 'This month', key: 'M' },
  { name: '12mo', label: 'Last 12 months', key: 'L' },
  { name: 'year', label: 'This year', key: 'Y' },
  { name: 'all', label: 'All time', key: 'A' },
]

const dayMs = 86_400_000
const dayPattern = /^\d{4}-\d\d-\d\d$/

export const isDay = (text: string | null): text is Day => text !== null && dayPattern.test(text) && !Number.isNaN(Date.parse(text))

export const addDays = (day: Day, days: number): Day => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)

export function addMonths(day: Day, months: number): Day {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(Number(day.slice(8)), last))).toISOString().slice(0, 10)
}

export const daysIn = ({ from, to }: Range): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1

/** Whether a range is made of whole months. */
export const isWholeMonths = ({ from, to }: Range): boolean => from.endsWith('-01') && addDays(to, 1).endsWith('-01')

/** The range as long that comes right after (1) or before (-1); whole months stay whole months. */
export function shifted(range: Range, by: 1 | -1): Range {
  if (isWholeMonths(range)) {
    const months =
      (Number(range.to.slice(0, 4)) - Number(range.from.slice(0, 4))) * 12 +
      Number(range.to.slice(5, 7)) -
      Number(range.from.slice(5, 7)) +
      1
    const from = addMonths(range.from, by * months)
    return { from, to: addDays(addMonths(from, months), -1) }
  }
  const days = daysIn(range) * by
  return { from: addDays(range.from, days), to: addDays(range.to, days) }
}

/** Making one takes milliseconds, and every page asks for the same zone again and again. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone)
  if (!clock) {
    const [two, hourCycle] = ['2-digit', 'h23'] as const
    clock = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: two, day: two, hour: two, minute: two, hourCycle })
    clocks.set(timeZone, clock)
  }
  return clock
}

/** The wall clock of a site, as yyyy-MM-ddTHH:mm. */
export function clockIn(timeZone: string, now = new Date()): string {
  const parts = clockOf(timeZone).formatToParts(now)
  const part = (type: string) => parts.find(found => found.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** A guess at how many days a period has, before the server has said so; what the first chart is divided by. */
function daysGuessed(period: Period): number {
  if (!('name' in period)) return daysIn(period)
  const days: Record<PeriodName, number> = {
    today: 1,
    yesterday: 1,
    '7d': 7,
    '28d': 28,
    '30d': 30,
    '90d': 90,
    month: 30,
    '12mo': 365,
    year: 365,
    all: 1000,
  }
  return days[period.name]
}

export function intervalsFor(period: Period): Interval[] {
  const days = daysGuessed(period)
  const all: [Interval, boolean][] = [
    ['hour', days <= 31],
    ['day', days > 1 && days <= 800],
    ['week', days > 13],
    ['month', days > 45],
  ]
  return all.filter(([, fits]) => fits).map(([interval]) => interval)
}

export function defaultInterval(period: Period): Interval {
  const days = daysGuessed(period)
  return days <= 2 ? 'hour' : days <= 100 ? 'day' : days <= 200 ? 'week' : 'month'
}

/** Whether the period reaches into today, so that its numbers still move. */
export function isMoving(period: Period, today: Day): boolean {
  return 'name' in period ? period.name !== 'yesterday' : period.to >= today
}

/** The first local day of a bucket of time. */
export const firstDayOf = (bucket: string): Day => (bucket.length === 7 ? `${bucket}-01` : bucket.slice(0, 10))

/** The last local day of a bucket of time. */
export function lastDayOf(bucket: string, interval: Interval): Day {
  const first = firstDayOf(bucket)
  if (interval === 'month') return addDays(addMonths(first, 1), -1)
  return interval === 'week' ? addDays(first, 6) : first
}
