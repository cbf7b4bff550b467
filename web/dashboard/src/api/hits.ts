import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { get } from './client'
import type { components } from './schema'

export type Hit = components['schemas']['HitDocument']
type Hits = components['schemas']['HitsDocument']
type Tail = components['schemas']['HitTailDocument']

const pageHits = 50
const tailMs = 1000

const pathOf = (site: string) => `/sites/${encodeURIComponent(site)}/hits`

/** Raw hits, newest first, a page at a time. */
export function useHits(site: string, filters: URLSearchParams) {
  const text = filters.toString()
  return useInfiniteQuery({
    queryKey: ['hits', site, text],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(filters)
      query.set('limit', String(pageHits))
      if (pageParam) query.set('before', pageParam)
      return get<Hits>(`${pathOf(site)}?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

/** Asks every second whether something came, and says so; a wait costs the server nothing. */
export function useTail(site: string, filters: URLSearchParams, on: boolean, came: () => void) {
  const since = useRef<string | null>(null)
  const text = filters.toString()
  useEffect(() => {
    since.current = null
  }, [site, text, on])
  const tail = useQuery({
    queryKey: ['hit-tail', site, text],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams(filters)
      // An outcome is known a moment after the hit came; the search, which is asked next, tells.
      query.delete('outcome')
      if (since.current) query.set('since', since.current)
      const found = await get<Tail>(`${pathOf(site)}/tail?${query}`, signal)
      since.current = found.position
      return found
    },
    enabled: on,
    refetchInterval: tailMs,
    gcTime: 0,
  })
  const count = tail.data?.hits.length ?? 0
  const at = tail.dataUpdatedAt
  useEffect(() => {
    if (on && count > 0) came()
    // Once for each answer, and not for every drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, count, on])
  return tail
}
