import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { AccountMenu } from './AccountMenu'
import { Mark } from './Mark'

export function TopBar({ children }: { children?: ReactNode }) {
  return (
    <header className="top-bar">
      <Link href="/" className="home" aria-label="Footfall: all sites" title="All sites">
        <Mark />
      </Link>
      <div className="top-bar-middle">{children}</div>
      <AccountMenu />
    </header>
  )
}
