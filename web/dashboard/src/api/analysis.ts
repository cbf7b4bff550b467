import { useQuery } from '@tanstack/react-query'
import { get } from './client'
import type { components } from './schema'

export type AnalysisRun = components['schemas']['AnalysisRunEntry']
type Analysis = components['schemas']['AnalysisDocument']

/** The newest runs of the scheduled analysis; refused as not found where there is none. */
export function useAnalysis() {
  return useQuery({
    queryKey: ['analysis'],
    queryFn: ({ signal }) => get<Analysis>('/analysis', signal),
    refetchInterval: query => (query.state.data ? 10_000 : false),
  })
}
