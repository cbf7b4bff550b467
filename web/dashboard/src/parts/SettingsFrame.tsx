import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { TopBar } from './TopBar'

interface Props {
  title: string
  /** Where the page belongs to, if not to the account. */
  back?: { href: string; text: string }
  tabs: { id: string; label: string }[]
  tab: string
  base: string
  children: ReactNode
}

/** A page of settings: its tabs are addresses. */
export function SettingsFrame({ title, back, tabs, tab, base, children }: Props) {
  return (
    <>
      <TopBar>
        {back && (
          <Link href={back.href} className="site-name switch">
            {back.text}
          </Link>
        )}
      </TopBar>
      <main className="page settings" id="main">
        <h1>{title}</h1>
        <nav className="side" aria-label={title}>
          {tabs.map(({ id, label }) => (
            <Link key={id} href={`${base}/${id}`} className="menu-item" aria-current={id === tab ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <div className="sections">{children}</div>
      </main>
    </>
  )
}
