import { lazy } from 'react'

const loadSitePage = () => import('./site/SitePage')
const loadMemberSite = () => import('./site/MemberSite')
const loadSharedSite = () => import('./entry/SharedSite')
const loadOverviewPage = () => import('./overview/OverviewPage')

export const SitePage = lazy(loadSitePage)
export const MemberSite = lazy(loadMemberSite)
export const SharedSite = lazy(loadSharedSite)
export const OverviewPage = lazy(loadOverviewPage)
export const AddSitePage = lazy(() => import('./overview/AddSitePage'))
export const SettingsPage = lazy(() => import('./settings/SettingsPage'))
export const DebuggerPage = lazy(() => import('./debugger/DebuggerPage'))
export const AccountPage = lazy(() => import('./account/AccountPage'))
export const SignInPage = lazy(() => import('./entry/SignInPage'))
export const SignUpPage = lazy(() => import('./entry/SignUpPage'))
export const EnterPage = lazy(() => import('./entry/EnterPage'))
export const InvitationPage = lazy(() => import('./entry/InvitationPage'))
export const NotFound = lazy(() => import('./entry/NotFound'))

/** Asks for all the parts of the page at an address at once, where drawing would find out about them one after the other. */
export function beginLoading(path: string) {
  const [, first, , third] = path.split('/')
  const parts =
    first === ''
      ? [loadOverviewPage]
      : first === 'sites' && third !== 'settings' && third !== 'debugger'
        ? [loadMemberSite, loadSitePage]
        : first === 'share' || first === 'embed'
          ? [loadSharedSite, loadSitePage]
          : []
  // What cannot be loaded now is asked for again, and complained about, when it is drawn.
  for (const load of parts) load().catch(() => undefined)
}
