import { TriangleAlert } from 'lucide-react'
import { ApiError } from '../api/ApiError'
import { Button } from './Button'

/** Says what failed, why as far as it is known, and lets it be tried again. */
export function ErrorNote({ what, error, retry }: { what: string; error: unknown; retry?: () => void }) {
  const known = error instanceof ApiError ? error : null
  return (
    <div className="error-note" role="alert">
      <TriangleAlert size={20} aria-hidden />
      <div>
        <strong>{what}</strong>
        <p>
          {known ? `${known.title}${known.detail ? `. ${known.detail}` : '.'}` : String(error instanceof Error ? error.message : error)}
        </p>
        {retry && <Button onClick={retry}>Try again</Button>}
      </div>
    </div>
  )
}
