import { Link } from 'wouter'
import { EntryCard } from './EntryCard'

export function NotFoundText() {
  return (
    <p>
      There is no such page. <Link href="/">All sites</Link>
    </p>
  )
}

export default function NotFound() {
  return (
    <EntryCard title="There is no such page" text="The address may be mistyped.">
      <Link href="/">All sites</Link>
    </EntryCard>
  )
}
