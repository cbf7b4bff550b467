import { lazily } from './parts/lazily'

const loadSitePage = () => import('./site/SitePage')
const loadMemberSite = () => import('./site/MemberSite')
const loadSharedSite = () => import('./entry/SharedSite')
const loadOverviewPage = () => import('./overview/OverviewPage')

export const SitePage = lazily(loadSitePage)
export const MemberSite = lazily(loadMemberSite)
export const SharedSite = lazily(loadSharedSite)
export const OverviewPage = lazily(loadOverviewPage)
export const AddSitePage = lazily(() => import('./overview/AddSitePage'))
export const SettingsPage = lazily(() => import('./settings/SettingsPage'))
export const DebuggerPage = lazily(() => import('./debugger/DebuggerPage'))
export const AccountPage = lazily(() => import('./account/AccountPage'))
export const SignInPage = lazily(() => import('./entry/SignInPage'))
export const SignUpPage = lazily(() => import('./entry/SignUpPage'))
export const EnterPage = lazily(() => import('./entry/EnterPage'))
export const InvitationPage = lazily(() => import('./entry/InvitationPage'))
export const NotFound = lazily(() => import('./entry/NotFound'))

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
