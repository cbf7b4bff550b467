/** An amount of money. The currency is the site's when it is left out. */
export interface Revenue {
  amount: number | string
  /** ISO 4217, such as EUR. */
  currency?: string
}

/** One line of an order. */
export interface Item {
  id?: string
  name?: string
  brand?: string
  category?: string
  variant?: string
  price?: number | string
  quantity?: number
}

/** What an event may say beside its name. The names are those of the API. */
export interface Fields {
  /** Up to 50 values to break reports down by. */
  props?: Record<string, string | number | boolean | null | undefined>
  revenue?: Revenue
  /** A purchase with an order id already seen counts once. */
  order_id?: string
  items?: Item[]
  /** The page it belongs to, when that is not the page that is shown. */
  url?: string
  title?: string
  referrer?: string
  /** A person known to the site; joins devices. */
  user_id?: string
  /** An id that the site keeps for the visitor; without one the visitor is told apart for a day, and nothing is stored. */
  visitor_id?: string
  session_id?: string
  /** False when the visitor did nothing: the event then does not make a visit of one page an engaged one. */
  interactive?: boolean
  /** An event with the same id counts once. */
  event_id?: string
}

/** Sends an event. `pageview` is a page view; every other name is the site's own. */
export type Send = (name: string, fields?: Fields) => void
