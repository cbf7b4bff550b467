import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { headers } from './client'
import { reachability } from './reachability'
import type { Realtime } from './reports'

const againAfterMs = 2000

/** Reads one server-sent stream until it ends. EventSource cannot send the header that shared links need. */
async function listen(site: string, signal: AbortSignal, tell: (now: Realtime) => void) {
  const answer = await fetch(`/api/v1/sites/${encodeURIComponent(site)}/live`, { headers: headers('GET', false), signal })
  if (!answer.ok || !answer.body) throw new Error(`The stream was answered ${answer.status}`)
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const messages = (rest + value).split('\n\n')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const data = message.split('\n').filter(line => line.startsWith('data:'))
      if (data.length > 0) tell(JSON.parse(data.map(line => line.slice(5)).join('\n')))
    }
  }
}

/** Whether the page is looked at. */
function useVisible(): boolean {
  return useSyncExternalStore(
    tell => {
      document.addEventListener('visibilitychange', tell)
      return () => document.removeEventListener('visibilitychange', tell)
    },
    () => !document.hidden,
  )
}

/**
 * What happens on the site now, within a second of every change; null until it is first known. Only a page that is looked at listens: browsers
 * open few connections to a server, and forgotten tabs would take them all.
 */
export function useLive(site: string, allowed = true): Realtime | null {
  const [now, setNow] = useState<Realtime | null>(null)
  const queries = useQueryClient()
  const listening = useVisible() && allowed
  useEffect(() => {
    if (!listening) return
    const ended = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    let seen = false
    const tell = (latest: Realtime) => {
      setNow(before => {
        // The first event of a quiet site: every report is empty until asked again.
        if (seen && before && before.visitors30 === 0 && latest.visitors30 > 0) queries.invalidateQueries({ queryKey: ['report', site] })
        return latest
      })
      seen = true
    }
    const run = () =>
      listen(site, ended.signal, tell)
        .catch(() => undefined)
        .then(() => {
          if (ended.signal.aborted) return
          if (seen) reachability.lost()
          timer = setTimeout(run, againAfterMs)
        })
    run()
    return () => {
      ended.abort()
      clearTimeout(timer)
    }
  }, [site, queries, listening])
  return now
}
