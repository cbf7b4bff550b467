import type { Fields, Send } from './fields'

/** The core, which is on the page before any piece of it. */
export const footfall: Send = (name: string, fields?: Fields) => (window as unknown as { footfall: Send }).footfall(name, fields)

/** The element around a click or a submission that matches; looked for inside of components too. */
export const around = (event: UIEvent | Event, selector: string): HTMLElement | null => {
  const [innermost] = event.composedPath()
  return innermost instanceof Element ? innermost.closest<HTMLElement>(selector) : null
}

/** Calls back for every click that opens a link, in this tab or another one. */
export const onLink = (callback: (link: HTMLAnchorElement) => void) => {
  const clicked = (event: MouseEvent) => {
    const link = event.button < 2 && around(event, 'a[href]')
    if (link instanceof HTMLAnchorElement) callback(link)
  }
  addEventListener('click', clicked, true)
  addEventListener('auxclick', clicked, true)
}

/** Text as a property may hold it. */
export const short = (text: string) => text.slice(0, 2000)
