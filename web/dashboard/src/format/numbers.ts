import type { MetricId } from '../api/reports'
import { metrics, type Unit } from '../state/metrics'

const locale = () => navigator.languages as string[]

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs far more than using one, so each is made once. */
function format(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let found = formats.get(name)
  if (!found) {
    found = new Intl.NumberFormat(locale(), options)
    formats.set(name, found)
  }
  return found
}

export const nothing = '–'

export const whole = (value: number): string => format('whole', { maximumFractionDigits: 0 }).format(value)

export function compact(value: number): string {
  return Math.abs(value) < 10_000 ? whole(value) : format('compact', { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

export const percent = (share: number, digits = 1): string =>
  format(`percent${digits}`, { style: 'percent', maximumFractionDigits: digits }).format(share)

export function duration(seconds: number): string {
  const total = Math.round(seconds)
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  if (hours > 99) return `${whole(hours)} h`
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`
}

function money(value: number, currency: string, short: boolean): string {
  const large = short && Math.abs(value) >= 10_000
  const options: Intl.NumberFormatOptions = large
    ? { notation: 'compact', maximumFractionDigits: 1 }
    : Math.abs(value) >= 1000 && short
      ? { maximumFractionDigits: 0 }
      : {}
  return format(`money${currency}${JSON.stringify(options)}`, { style: 'currency', currency, ...options }).format(value)
}

function ofUnit(value: number | null | undefined, unit: Unit, currency: string, short: boolean): string {
  if (value === null || value === undefined) return nothing
  switch (unit) {
    case 'share':
      return percent(value)
    case 'mean':
      return format('mean', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value)
    case 'seconds':
      return duration(value)
    case 'currency':
      return money(value, currency, short)
    default:
      return short ? compact(value) : whole(value)
  }
}

/** A metric's number as short as it can be read. */
export const shortMetric = (id: MetricId, value: number | null | undefined, currency: string) =>
  ofUnit(value, metrics[id].unit, currency, true)

/** A metric's number to the last digit. */
export const exactMetric = (id: MetricId, value: number | null | undefined, currency: string) =>
  ofUnit(value, metrics[id].unit, currency, false)

/** The relative change; null where there is nothing to compare with. */
export function changeOf(now: number | null | undefined, before: number | null | undefined): number | null {
  if (now === null || now === undefined || before === null || before === undefined) return null
  if (before === 0) return now === 0 ? 0 : null
  return (now - before) / Math.abs(before)
}

export function signedPercent(share: number): string {
  const digits = Math.abs(share) < 0.1 ? 1 : 0
  return format(`signed${digits}`, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: digits }).format(share)
}
