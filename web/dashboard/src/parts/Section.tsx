import type { ReactNode } from 'react'

/** A part of a settings page. */
export function Section({ title, text, children }: { title: string; text?: ReactNode; children: ReactNode }) {
  return (
    <section className="card pad section">
      <h2>{title}</h2>
      {text && <p className="muted">{text}</p>}
      {children}
    </section>
  )
}
