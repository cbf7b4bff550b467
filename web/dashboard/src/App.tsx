import { Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { MemberArea } from './entry/MemberArea'
import { ReachabilityBanner } from './parts/Banner'
import { Loading } from './parts/Loading'
import {
  AccountPage,
  AddSitePage,
  DebuggerPage,
  EnterPage,
  InvitationPage,
  MemberSite,
  NotFound,
  OverviewPage,
  SettingsPage,
  SharedSite,
  SignInPage,
  SignUpPage,
  SitePage,
} from './pages'

export function App() {
  return (
    <>
      <ReachabilityBanner />
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/sign-in">
            <SignInPage />
          </Route>
          <Route path="/signup">
            <SignUpPage />
          </Route>
          <Route path="/enter">
            <EnterPage />
          </Route>
          <Route path="/invitation">
            <InvitationPage />
          </Route>
          <Route path="/share/:token/*?">{({ token }) => <SharedSite key={token} token={token} kind="share" page={SitePage} />}</Route>
          <Route path="/embed/:token/*?">{({ token }) => <SharedSite key={token} token={token} kind="embed" page={SitePage} />}</Route>
          <Route path="/">
            <MemberArea>
              <OverviewPage />
            </MemberArea>
          </Route>
          <Route path="/sites">
            <Redirect to="/" replace />
          </Route>
          <Route path="/add-site">
            <MemberArea>
              <AddSitePage />
            </MemberArea>
          </Route>
          <Route path="/account/:tab?">
            {({ tab }) => (
              <MemberArea>
                <AccountPage tab={tab ?? 'profile'} />
              </MemberArea>
            )}
          </Route>
          <Route path="/sites/:site/settings/:tab?">
            {({ site, tab }) => (
              <MemberArea>
                <SettingsPage key={site} site={site} tab={tab ?? 'general'} />
              </MemberArea>
            )}
          </Route>
          <Route path="/sites/:site/debugger">
            {({ site }) => (
              <MemberArea>
                <DebuggerPage key={site} site={site} />
              </MemberArea>
            )}
          </Route>
          <Route path="/sites/:site/*?">
            {({ site }) => (
              <MemberArea>
                <MemberSite key={site} site={site} page={SitePage} />
              </MemberArea>
            )}
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </>
  )
}
