import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { change, get } from './client'
import type { Filter } from './reports'
import type { Role } from './session'

type Id = string | number

export interface Member {
  id: Id
  name: string
  email: string
  role: Role
  second_factor: boolean
  last_seen_at: string | null
}

export interface Invitation {
  id: Id
  email: string
  role: Role
  address?: string
}

export interface Key {
  id: Id
  name: string
  scopes: string[]
  created_at: string
  last_used_at: string | null
}

export interface SharedLink {
  id: Id
  name: string
  address: string
  password: boolean
  filters: Filter[] | null
}

export interface SignedInDevice {
  id: Id
  created_at: string
  last_seen_at: string
  user_agent: string
  address: string
  current: boolean
}

/** A list of the API that stands under one name, with ways to add to it and to take away from it. */
export function useCollection<T>(path: string, name: string) {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['collection', path] })
  const list = useQuery({
    queryKey: ['collection', path],
    queryFn: async ({ signal }) => (await get<Record<string, T[]>>(path, signal))[name] ?? [],
  })
  const add = useMutation({ mutationFn: (body: object) => change<T & Record<string, unknown>>('POST', path, body), onSuccess: refresh })
  const remove = useMutation({ mutationFn: (id: Id) => change('DELETE', `${path}/${id}`), onSuccess: refresh })
  return { list, add, remove, refresh }
}
