import { useQuery } from '@tanstack/react-query'
import { get } from './client'
import type { components } from './schema'

export type SiteDocument = components['schemas']['SiteDocument']
export type SiteSettings = components['schemas']['SiteSettings']
export type OverviewDocument = components['schemas']['OverviewDocument']
export type OverviewSite = components['schemas']['OverviewSite']
export type Verification = components['schemas']['VerificationDocument']

export interface Annotation {
  id: string | number
  date: string
  text: string
}

const pathOf = (site: string) => `/sites/${encodeURIComponent(site)}`

export function useSite(site: string, enabled = true) {
  return useQuery({
    queryKey: ['site', site],
    queryFn: ({ signal }) => get<SiteDocument>(pathOf(site), signal),
    enabled,
    staleTime: 60_000,
  })
}

export function useVerification(site: string, refreshMs: number | false) {
  return useQuery({
    queryKey: ['verification', site],
    queryFn: ({ signal }) => get<Verification>(`${pathOf(site)}/verification`, signal),
    refetchInterval: refreshMs,
  })
}

export function useAnnotations(site: string, enabled: boolean) {
  return useQuery({
    queryKey: ['annotations', site],
    queryFn: async ({ signal }) => (await get<{ annotations: Annotation[] }>(`${pathOf(site)}/annotations`, signal)).annotations,
    enabled,
    staleTime: 60_000,
  })
}
