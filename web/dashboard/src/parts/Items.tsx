import type { ReactNode } from 'react'
import { ErrorNote } from './ErrorNote'
import { Skeleton } from './Skeleton'

interface ItemsProps<T> {
  /** What is listed, as it is called in a sentence. */
  what: string
  list: { isError: boolean; error: unknown; data: T[] | undefined; refetch: () => unknown }
  lines?: number
  /** Said when there are none. */
  none?: string
  children: (item: T) => ReactNode
}

/** A list that the server has: while it comes, when it does not, when it is empty, and as it is. */
export function Items<T>({ what, list, lines = 2, none, children }: ItemsProps<T>) {
  if (list.isError) return <ErrorNote what={`The ${what} could not be loaded`} error={list.error} retry={() => list.refetch()} />
  if (!list.data) return <Skeleton lines={lines} />
  if (none && list.data.length === 0) return <p className="muted">{none}</p>
  return <ul className="items">{list.data.map(children)}</ul>
}
