import { createContext, useContext } from 'react'
import type { Filter } from '../api/reports'

/** Which site the page shows, to whom, and what its addresses begin with. */
export interface SiteScope {
  /** As it stands in the address of the API. */
  site: string
  name: string
  timeZone: string
  currency: string
  base: string
  /** Filters that hold whatever is asked; those of a shared link. */
  always: Filter[]
  by: 'member' | 'share' | 'embed'
  mayEdit: boolean
  mayAdminister: boolean
}

const Scope = createContext<SiteScope | null>(null)

export const SiteScopeProvider = Scope.Provider

export function useSiteScope(): SiteScope {
  const scope = useContext(Scope)
  if (!scope) throw new Error('This part stands outside of a site.')
  return scope
}
