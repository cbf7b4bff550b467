import { useMutation, useQueryClient } from '@tanstack/react-query'
import { change } from '../api/client'
import type { SiteDocument } from '../api/sites'

/** Changes a site; what is not named keeps its value, except that settings are replaced as a whole. */
export function useSiteChange(site: SiteDocument) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (changed: Partial<Omit<SiteDocument, 'id'>>) => change<SiteDocument>('PATCH', `/sites/${site.id}`, changed),
    onSuccess: () => Promise.all(['site', 'overview', 'report'].map(key => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
