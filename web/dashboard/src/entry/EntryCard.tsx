import type { ReactNode } from 'react'
import { Mark } from '../parts/Mark'

/** The frame of pages that people see before they are in. */
export function EntryCard({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <main className="entry">
      <div className="entry-card">
        <Mark size={36} />
        <h1>{title}</h1>
        {text && <p>{text}</p>}
        {children}
      </div>
    </main>
  )
}
