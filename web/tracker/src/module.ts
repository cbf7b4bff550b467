import { install, whenShown, type Options } from './core'
import type { Fields, Item, Revenue, Send } from './fields'

export type { Fields, Item, Revenue }

/** Where the server is, and how the page is measured. */
export interface Settings {
  /** Address of the Footfall server, such as https://stats.example.com. */
  server: string
  /** Id or domain of the site; the page's own host when left out. */
  site?: string
  /** The page's address goes on after the #: the fragment tells pages apart. */
  hash?: boolean
  /** Count on localhost too. */
  local?: boolean
  /** Send nothing when the browser asks not to be tracked. */
  dnt?: boolean
  /** Count page views only when told to, with track('pageview'). */
  manual?: boolean
}

let send: Send | undefined
let started = false
const early: Parameters<Send>[] = []

const given = (on?: boolean) => (on ? true : null)

/** Starts measuring. Does nothing where there is no page, as when pages are drawn on a server, and nothing the second time. */
export const init = (settings: Settings): void => {
  if (typeof document === 'undefined' || started) return
  started = true
  const options: Options = {
    site: settings.site,
    api: new URL('api/v1/events', settings.server.replace(/\/?$/, '/')).href,
    hash: given(settings.hash),
    local: given(settings.local),
    dnt: given(settings.dnt),
    manual: given(settings.manual),
  }
  whenShown(() => {
    send = install(options)
    for (const event of early.splice(0)) send(...event)
  })
}

/** Sends an event, once measuring has begun: what comes before waits. Does nothing where there is no page. */
export const track: Send = (name, fields) => {
  if (typeof document === 'undefined') return
  if (send) send(name, fields)
  else early.push([name, fields])
}
