import { useEffect } from 'react'
import { useSession } from '../api/session'
import { NotFoundText } from '../entry/NotFound'
import { SettingsFrame } from '../parts/SettingsFrame'
import { Skeleton } from '../parts/Skeleton'
import { PasswordTab } from './PasswordTab'
import { ProfileTab } from './ProfileTab'
import { SecondFactorTab } from './SecondFactorTab'
import { SessionsTab } from './SessionsTab'

const tabs = [
  { id: 'profile', label: 'Profile', page: ProfileTab },
  { id: 'password', label: 'Password', page: PasswordTab },
  { id: 'second-factor', label: 'Second factor', page: SecondFactorTab },
  { id: 'sessions', label: 'Where you are signed in', page: SessionsTab },
]

export default function AccountPage({ tab }: { tab: string }) {
  const { data: session } = useSession()
  const chosen = tabs.find(candidate => candidate.id === tab)
  useEffect(() => {
    document.title = 'Your account · Footfall'
  }, [])
  return (
    <SettingsFrame title="Your account" tabs={tabs} tab={tab} base="/account">
      {!session?.signed_in ? <Skeleton lines={4} /> : chosen ? <chosen.page session={session} /> : <NotFoundText />}
    </SettingsFrame>
  )
}
