/** What the address of the debugger may ask for; the names are those of the API. */
export const filterNames = ['text', 'event', 'path', 'outcome', 'visitor', 'user', 'from', 'to'] as const

export const outcomes = [
  { value: '', text: 'Any outcome' },
  { value: 'counted', text: 'Counted' },
  { value: 'pending', text: 'Waiting' },
  { value: 'duplicate', text: 'Repeat' },
  { value: 'bot', text: 'Bot' },
  { value: 'refused:do_not_track', text: 'Refused: do not track' },
  { value: 'refused:excluded_address', text: 'Refused: excluded address' },
  { value: 'refused:excluded_path', text: 'Refused: excluded path' },
  { value: 'refused:other_hostname', text: 'Refused: other host' },
  { value: 'refused:undecodable', text: 'Refused: unreadable' },
  { value: 'refused:erased', text: 'Erased' },
  { value: 'absent', text: 'Not in the numbers' },
]

export const outcomeText = (outcome: string) =>
  outcomes.find(known => known.value === outcome)?.text ?? outcome.replace(/^refused:/, 'Refused: ')

/** The part of an address that asks for hits, without what is empty. */
export function readFilters(search: string): URLSearchParams {
  const all = new URLSearchParams(search)
  const query = new URLSearchParams()
  for (const name of filterNames) {
    const value = all.get(name)?.trim()
    if (value) query.set(name, value)
  }
  return query
}

export const isLive = (search: string) => new URLSearchParams(search).get('live') !== '0'

/** The address of the same page with one filter changed. */
export function withFilter(search: string, name: string, value: string): string {
  const query = new URLSearchParams(search)
  if (value) query.set(name, value)
  else query.delete(name)
  const text = query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2A', '*')
  return text ? `?${text}` : ''
}
