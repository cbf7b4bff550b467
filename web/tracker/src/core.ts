import type { Fields, Send } from './fields'

/** How a page is measured. A switch is on when it is given as anything but null or undefined, as an attribute of the script is. */
export interface Options {
  /** Id or domain of the site; the page's own host when left out. */
  site?: string
  /** Full address of the server's events. */
  api: string
  /** The page's address goes on after the #: the fragment tells pages apart. */
  hash?: unknown
  /** Count on localhost and in files too. */
  local?: unknown
  /** Send nothing when the browser asks not to be tracked (Do Not Track, Global Privacy Control). */
  dnt?: unknown
  /** Count page views only when told to. */
  manual?: unknown
}

interface Event extends Fields {
  event_id: string
  time?: number
}

/** After so long without an event the visit is over, and time in the foreground must not begin another one. */
const visitEnds = 18e5

/** A visitor who only reads is heard of this often: the visit lasts as long as the reading, even where visits end after five minutes. */
const beat = 24e4

/** How many events that could not be sent are kept; the oldest go first. */
const keptMost = 50

/** Starts measuring the page that is shown. */
export const install = (options: Options): Send => {
  // Storage may be forbidden, and then nothing is kept. It holds no more than the opt-out and the events that could not be sent.
  let storage: Record<string, string> = {}
  try {
    storage = localStorage
  } catch {}

  const silent =
    (options.local == null && /^(127\.|\[|$)|localhost$/.test(location.hostname)) ||
    (options.dnt != null && (navigator.doNotTrack == '1' || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl))

  // What cannot be sent is kept until another event gets through. Nothing is lost if an answer is: the server knows the event by its id.
  // A request that outlives the page says whether it arrived; a beacon does not, and stands in only where there is no such request.
  const post = (event: Event, again?: boolean) => {
    const body = JSON.stringify(event)
    if ('keepalive' in Request.prototype)
      fetch(options.api, { method: 'POST', body, keepalive: true })
        .then((answer) => answer.status > 499 || answer.status == 429, () => true)
        .then((failed) => {
          const kept: Event[] = JSON.parse(storage.footfall_kept || '[]').filter((other: Event) => other.event_id != event.event_id)
          if (failed) {
            // From now on the time of arrival is not the time it happened.
            event.time ||= Date.now()
            kept.push(event)
          }
          if (kept[0]) storage.footfall_kept = JSON.stringify(kept.slice(-keptMost))
          else delete storage.footfall_kept
          if (!failed && !again) kept.map((other) => post(other, true))
        })
    else navigator.sendBeacon(options.api, body)
  }

  const hrefNow = () => location.href.slice(0, 4e3)
  let lastAt: number
  const send = (name: string, fields?: Fields & { engagement_ms?: number; screen?: number }) => {
    if (silent || storage.footfall_off) return
    lastAt = performance.now()
    post({
      site: options.site || location.hostname,
      name,
      url: hrefNow(),
      tracker: 'js',
      event_id: crypto.randomUUID?.() || Date.now() + '.' + Math.random(),
      ...fields,
    } as Event)
  }

  const pageNow = () => location.pathname + (options.hash != null ? location.hash : '')
  let page: string
  let url: string
  let foregroundSince = 0
  let foreground = 0
  let depth = 0

  const look = () => {
    depth = Math.max(depth, Math.min(100, (((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100) | 0))
  }

  // Called whenever the page is shown or hidden, is left, and now and then between.
  const engage = () => {
    const now = performance.now()
    if (foregroundSince) foreground += now - foregroundSince
    foregroundSince = document.hidden ? 0 : now
    if (foreground > 999) {
      depth || look()
      if (now - lastAt < visitEnds) send('engagement', { url, engagement_ms: foreground | 0, props: { scroll_depth: depth } })
      foreground = 0
    }
  }

  const view = (fields?: Fields) => {
    engage()
    send('pageview', {
      title: document.title.slice(0, 500),
      // Where the visitor came from belongs to the first page alone.
      referrer: url ? '' : document.referrer,
      screen: screen.width,
      ...fields,
    })
    url = fields?.url || hrefNow()
    page = pageNow()
    foreground = depth = 0
  }

  // A page that draws itself names itself a moment after its address has changed; who leaves within that moment has still been there.
  const move = () => setTimeout(arrive, 50)
  const arrive = () => {
    if (page != pageNow()) view()
  }

  if (options.manual == null) {
    const follow = (name: 'pushState' | 'replaceState') => {
      const original = history[name]
      history[name] = (...change) => {
        original.apply(history, change)
        move()
      }
    }
    follow('pushState')
    follow('replaceState')
    addEventListener('popstate', move)
    addEventListener('hashchange', move)
    addEventListener('visibilitychange', arrive)
    addEventListener('pagehide', arrive)
    // Back from the browser's memory, where the page was kept as it stood.
    addEventListener('pageshow', (shown) => {
      if (shown.persisted) view()
    })
    view()
  }
  addEventListener('scroll', look)
  addEventListener('visibilitychange', engage)
  addEventListener('pagehide', engage)
  setInterval(engage, beat)

  return (name, fields) => (name == 'pageview' ? view(fields) : send(name, fields))
}

/** Calls back once the page is shown: at once, unless the browser prepares it ahead of a visit that may never come. */
export const whenShown = (callback: () => void) => {
  if ((document as { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', callback)
  else callback()
}
