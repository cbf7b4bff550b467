interface Option {
  value: string
  text: string
}

export const guessedZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const withUtc = (zones: string[]) => (zones.includes('UTC') ? zones : ['UTC', ...zones])

export function zoneOptions(chosen: string): Option[] {
  const zones = withUtc(Intl.supportedValuesOf('timeZone'))
  return (zones.includes(chosen) ? zones : [chosen, ...zones]).map(zone => ({ value: zone, text: zone.replaceAll('_', ' ') }))
}

export function currencyOptions(chosen: string): Option[] {
  const names = new Intl.DisplayNames(navigator.languages as string[], { type: 'currency' })
  const codes = Intl.supportedValuesOf('currency')
  return (codes.includes(chosen) ? codes : [chosen, ...codes]).map(code => ({ value: code, text: `${code} – ${names.of(code)}` }))
}

/** The currency of the places that the reader's locale most likely means; a guess that can be changed. */
export function guessedCurrency(): string {
  const region = new Intl.Locale(navigator.language).maximize().region ?? ''
  const known: Record<string, string> = {
    US: 'USD',
    GB: 'GBP',
    CH: 'CHF',
    JP: 'JPY',
    CA: 'CAD',
    AU: 'AUD',
    IN: 'INR',
    BR: 'BRL',
    SE: 'SEK',
    NO: 'NOK',
    DK: 'DKK',
    PL: 'PLN',
    CZ: 'CZK',
    MX: 'MXN',
    CN: 'CNY',
    KR: 'KRW',
  }
  return known[region] ?? 'EUR'
}
