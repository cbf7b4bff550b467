import { type RefObject, useEffect, useRef, useState } from 'react'

/** How far below the screen a thing is still worth having ready. */
const ahead = '400px'

/** What of a page is asked for: nothing below a dialog, at first only what is on the screen, then what will soon be scrolled to. */
export type Reach = 'nothing' | 'screen' | 'ahead'

/** Whether an element has ever been within reach. What nobody has scrolled to is not worth asking the server for. */
export function useNear<T extends Element>(reach: Reach): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null)
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (near || reach === 'nothing' || !ref.current) return
    const options = { rootMargin: reach === 'ahead' ? ahead : '0px' }
    const watch = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && setNear(true), options)
    watch.observe(ref.current)
    return () => watch.disconnect()
  }, [near, reach])
  return [ref, near]
}
