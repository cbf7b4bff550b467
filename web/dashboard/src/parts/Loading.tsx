import { Mark } from './Mark'

export function Loading() {
  return (
    <div className="loading" role="status" aria-label="Loading">
      <Mark size={36} />
    </div>
  )
}
