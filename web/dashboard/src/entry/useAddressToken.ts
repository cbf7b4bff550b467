import { useSearch } from 'wouter'

/** The token of a link that was sent or printed. */
export const useAddressToken = () => new URLSearchParams(useSearch()).get('token') ?? ''
