import { around, footfall, short } from '../page'
import type { Fields } from '../fields'

/** What an element says of its event: in attributes, data-footfall-event="Sign up" data-footfall-plan="pro", or in classes, footfall-event=Sign+up footfall-plan=pro. */
const said = (element: HTMLElement) => {
  const found: Record<string, string> = {}
  for (const word of element.classList) {
    const [, name, value] = /^footfall-([^=]+)=(.+)$/.exec(word) || []
    if (name && value) found[name] = value.replace(/\+/g, ' ')
  }
  for (const { name, value } of element.attributes) {
    if (name.startsWith('data-footfall-')) found[name.slice(14)] = value
  }
  return found
}

const tagged = '[data-footfall-event],[class*="footfall-event="]'

const send = (element: HTMLElement | null) => {
  if (!element) return
  const { event, ...rest } = said(element)
  const props: NonNullable<Fields['props']> = {}
  for (const name in rest) props[name] = short(rest[name] || '')
  if (event) footfall(event.slice(0, 100), { props })
}

// A tagged form counts when it is sent, anything else when it is clicked.
const clicked = (event: MouseEvent) => {
  const element = event.button < 2 ? around(event, tagged) : null
  if (!(element instanceof HTMLFormElement)) send(element)
}
addEventListener('click', clicked, true)
addEventListener('auxclick', clicked, true)
addEventListener('submit', (event) => event.target instanceof HTMLFormElement && event.target.matches(tagged) && send(event.target), true)
