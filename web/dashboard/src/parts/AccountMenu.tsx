import * as Menu from '@radix-ui/react-dropdown-menu'
import { CircleUserRound, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useLocation } from 'wouter'
import { useSession, useSignIn } from '../api/session'
import { chooseTheme, type Theme, useTheme } from '../state/theme'

const themes: { id: Theme; label: string; icon: typeof Sun }[] = [
  { id: 'system', label: 'As the system', icon: Monitor },
  { id: 'light', label: 'Light', icon: Sun },
  { id: 'dark', label: 'Dark', icon: Moon },
]

export function ThemeChoice() {
  const theme = useTheme()
  return (
    <Menu.RadioGroup value={theme} onValueChange={value => chooseTheme(value as Theme)}>
      {themes.map(({ id, label, icon: Icon }) => (
        <Menu.RadioItem key={id} value={id} className="menu-item">
          <Icon size={15} aria-hidden />
          {label}
          <Menu.ItemIndicator className="menu-mark">✓</Menu.ItemIndicator>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

export function AccountMenu() {
  const { data: session } = useSession()
  const { out } = useSignIn()
  const [, navigate] = useLocation()
  const leave = async () => {
    await out()
    navigate('/sign-in')
  }
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="icon-button" aria-label="Account and appearance" title="Account and appearance">
        <CircleUserRound size={20} aria-hidden />
      </Menu.Trigger>
      <Menu.Content className="menu" align="end" sideOffset={6}>
        {session?.signed_in && (
          <>
            <Menu.Label className="menu-label">
              <strong>{session.user.name}</strong>
              <span>{session.account.name}</span>
            </Menu.Label>
            <Menu.Item className="menu-item" onSelect={() => navigate('/account')}>
              <UserRound size={15} aria-hidden /> Your account
            </Menu.Item>
            <Menu.Separator className="menu-line" />
          </>
        )}
        <ThemeChoice />
        {session?.signed_in && (
          <>
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onSelect={leave}>
              <LogOut size={15} aria-hidden /> Sign out
            </Menu.Item>
          </>
        )}
      </Menu.Content>
    </Menu.Root>
  )
}
