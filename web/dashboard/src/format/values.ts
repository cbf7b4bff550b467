import { bucketText, weekdayText } from './dates'

export const missing = '(not set)'

const names = new Map<'region' | 'language', Intl.DisplayNames>()

function display(type: 'region' | 'language', code: string): string {
  let found = names.get(type)
  if (!found) {
    found = new Intl.DisplayNames(navigator.languages as string[], { type, fallback: 'code' })
    names.set(type, found)
  }
  try {
    return found.of(code) ?? code
  } catch {
    // Not every code that was sent is one.
    return code
  }
}

const screens: Record<string, string> = {
  xs: 'Phone (under 576 px)',
  sm: 'Large phone (576–767 px)',
  md: 'Tablet (768–991 px)',
  lg: 'Laptop (992–1439 px)',
  xl: 'Desktop (1440 px and more)',
}

/** A dimension's value in the reader's own words. */
export function valueText(dimension: string, value: string): string {
  if (value === missing) return 'Not set'
  switch (dimension) {
    case 'country':
      return display('region', value)
    case 'language':
      return display('language', value)
    case 'day_of_week':
      return weekdayText(value)
    case 'hour_of_day':
      return `${value}:00`
    case 'hour':
    case 'day':
    case 'week':
    case 'month':
      return bucketText(value, dimension)
    case 'screen_class':
      return screens[value] ?? value
    case 'device':
    case 'new_or_returning':
      return value.charAt(0).toUpperCase() + value.slice(1)
    default:
      return value
  }
}
