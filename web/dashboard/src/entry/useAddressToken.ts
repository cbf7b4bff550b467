import { useSearch } from 'wouter'

/** The token of a link that was sent or printed. */
export const useAddressToken = () => new URLSearchParams(useSearch()).get('token') ?? ''

/** The page of this dashboard that a link leads on to; an address elsewhere is not followed. */
export const useAddressTarget = () => {
  const to = new URLSearchParams(useSearch()).get('to') ?? '/'
  return new URL(to, location.origin).origin === location.origin && to.startsWith('/') ? to : '/'
}
