import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { change, get } from './client'

export interface Rebuild {
  id: string
  phase: 'copying' | 'replaying' | 'combining' | 'comparing' | 'ready' | 'switched' | 'rolled_back' | 'compared'
  working: boolean
  live: 'before' | 'after'
  sites: string[] | null
  from: string | null
  to: string | null
  dry_run: boolean
  definition: string
  problem: string | null
  progress: { share: number; hits: number; hits_per_second: number; seconds_left: number | null } | null
  left: { visits: number; events: number } | null
}

export interface Rebuilds {
  definition: string
  made_by: { version: string; current: boolean; sites: number; from: string; to: string }[]
  rebuild: Rebuild | null
}

export interface Mover {
  site: string
  dimension: string | null
  value: string | null
  metric: string
  before: number | null
  after: number | null
}

export interface Difference {
  sites: number
  numbers: number
  moved: number
  movers: Mover[]
}

export interface RebuildQuestion {
  sites: string[]
  from: string | null
  to: string | null
}

const key = ['rebuilds']

/** The rebuild there is: asked for again and again while it is at work. */
export function useRebuilds() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<Rebuilds>('/rebuilds', signal),
    refetchInterval: query => (query.state.data?.rebuild?.working ? 700 : false),
  })
}

export function useDifference(rebuild: Rebuild, enabled: boolean) {
  return useQuery({
    queryKey: ['rebuild-difference', rebuild.id],
    queryFn: ({ signal }) => get<Difference>(`/rebuilds/${rebuild.id}/difference?limit=100`, signal),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What can be done about it; whatever it is, numbers on other pages may be others afterwards. */
export function useRebuildActions() {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries()
  const start = useMutation({
    mutationFn: (question: RebuildQuestion) => change<Rebuild>('POST', '/rebuilds', question),
    onSuccess: refresh,
  })
  const turn = useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: 'switch' | 'rollback' }) => change<Rebuild>('POST', `/rebuilds/${id}/${verb}`),
    onSuccess: refresh,
  })
  const drop = useMutation({ mutationFn: (id: string) => change('DELETE', `/rebuilds/${id}`), onSuccess: refresh })
  return { start, turn, drop }
}
