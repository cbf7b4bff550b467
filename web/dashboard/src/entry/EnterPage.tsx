import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { useSignIn } from '../api/session'
import { Loading } from '../parts/Loading'
import { EntryCard } from './EntryCard'
import { useAddressTarget, useAddressToken } from './useAddressToken'

/** A link that signs in once. */
export default function EnterPage() {
  const token = useAddressToken()
  const target = useAddressTarget()
  const { by } = useSignIn()
  const [, navigate] = useLocation()
  const { mutate, isError } = useMutation({
    mutationFn: () => by('/enter', { token }),
    onSuccess: () => navigate(target, { replace: true }),
  })
  const tried = useRef(false)
  useEffect(() => {
    // The token works once, and effects may run twice.
    if (tried.current) return
    tried.current = true
    mutate()
  }, [mutate])
  if (!isError) return <Loading />
  return (
    <EntryCard
      title="This link does not work any more"
      text="It signs in once and for a short time. Ask for a new one with: footfall login-link EMAIL"
    >
      <Link href="/sign-in">Sign in with a password</Link>
    </EntryCard>
  )
}
