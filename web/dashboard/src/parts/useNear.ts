import { type RefObject, useEffect, useRef, useState } from 'react'

/** How far below the screen a thing counts as near. */
const margin = '400px'

/**
 * Whether an element has ever been on the screen or near it. What nobody has scrolled to is not worth asking the server for, nor what is
 * covered by a dialog.
 */
export function useNear<T extends Element>(covered = false): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null)
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (near || covered || !ref.current) return
    const watch = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && setNear(true), { rootMargin: margin })
    watch.observe(ref.current)
    return () => watch.disconnect()
  }, [near, covered])
  return [ref, near]
}
