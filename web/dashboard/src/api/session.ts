import { useQuery, useQueryClient } from '@tanstack/react-query'
import { change, get, rememberCsrf } from './client'

export type Role = 'viewer' | 'editor' | 'admin' | 'owner'

export interface SignedIn {
  signed_in: true
  user: { id: string | number; name: string; email: string; second_factor: boolean }
  account: { id: string | number; name: string }
  role: Role
  csrf: string
}

export interface SignedOut {
  signed_in: false
  first_start: boolean
}

export type Session = SignedIn | SignedOut

const order: Role[] = ['viewer', 'editor', 'admin', 'owner']

export function mayAct(session: Session | undefined, role: Role): boolean {
  return !!session?.signed_in && order.indexOf(session.role) >= order.indexOf(role)
}

function keep(session: Session): Session {
  rememberCsrf(session.signed_in ? session.csrf : null)
  return session
}

export function useSession(enabled = true) {
  return useQuery({
    queryKey: ['session'],
    queryFn: async () => keep(await get<Session>('/session')),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  })
}

/** Gives the ways in and out; each forgets what another person has seen. */
export function useSignIn() {
  const queries = useQueryClient()
  const enter = (session: SignedIn) => {
    keep(session)
    queries.clear()
    queries.setQueryData(['session'], session)
  }
  return {
    async by(path: string, body: object) {
      enter(await change<SignedIn>('POST', path, body))
    },
    async out() {
      await change('DELETE', '/session')
      rememberCsrf(null)
      queries.clear()
    },
  }
}
