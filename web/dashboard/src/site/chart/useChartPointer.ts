import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { nearest } from './geometry'

/** Less than this is a click, not a drag. */
const dragPx = 6

interface Drag {
  from: number
  startX: number
  moved: boolean
}

/** Which point is looked at, and which stretch is being chosen: by mouse, pen, finger or keys. */
export function useChartPointer(count: number, width: number, onZoom: (from: number, to: number) => void) {
  const [index, setIndex] = useState<number | null>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const shown = index === null || count === 0 ? null : Math.min(index, count - 1)
  const selection =
    drag?.moved && shown !== null && shown !== drag.from ? ([Math.min(drag.from, shown), Math.max(drag.from, shown)] as const) : null

  const indexAt = (event: PointerEvent<HTMLElement>) =>
    nearest(event.clientX - event.currentTarget.getBoundingClientRect().left, count, width)
  const finish = () => {
    if (selection) onZoom(selection[0], selection[1])
    setDrag(null)
  }
  const handlers = {
    onPointerMove(event: PointerEvent<HTMLElement>) {
      setIndex(indexAt(event))
      if (drag && !drag.moved && Math.abs(event.clientX - drag.startX) > dragPx) setDrag({ ...drag, moved: true })
    },
    onPointerDown(event: PointerEvent<HTMLElement>) {
      setIndex(indexAt(event))
      // A finger scrolls the page and looks around; it does not zoom.
      if (event.pointerType === 'touch' || event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ from: indexAt(event), startX: event.clientX, moved: false })
    },
    onPointerUp: finish,
    onPointerCancel: () => setDrag(null),
    onPointerLeave() {
      if (!drag) setIndex(null)
    },
    onBlur() {
      setIndex(null)
      setDrag(null)
    },
    onKeyDown(event: KeyboardEvent) {
      const here = shown ?? count - 1
      const to: Record<string, number> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: count - 1 }
      const next = to[event.key]
      if (next !== undefined && count > 0) {
        event.preventDefault()
        event.stopPropagation()
        if (event.shiftKey && !drag) setDrag({ from: here, startX: 0, moved: true })
        if (!event.shiftKey) setDrag(null)
        setIndex(Math.min(count - 1, Math.max(0, next)))
      } else if (event.key === 'Enter' && shown !== null) {
        onZoom(selection?.[0] ?? shown, selection?.[1] ?? shown)
        setDrag(null)
      } else if (event.key === 'Escape') {
        setIndex(null)
        setDrag(null)
      }
    },
  }
  return { index: shown, selection, handlers }
}
