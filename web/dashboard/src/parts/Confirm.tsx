import { type ReactNode, useState } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface Props {
  /** What the button says before anything happens. */
  label: string
  title: string
  text: string
  confirm: string
  busy?: boolean
  children?: ReactNode
  onConfirm: () => void
}

/** A button whose deed is said, and asked for once more, before it is done. */
export function Confirm({ label, title, text, confirm, busy = false, children, onConfirm }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)} aria-label={title}>
        {label}
      </Button>
      {open && (
        <Dialog title={title} description={text} onClose={() => setOpen(false)}>
          {children}
          <footer className="dialog-foot">
            <span className="push" />
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              look="danger"
              busy={busy}
              onClick={() => {
                setOpen(false)
                onConfirm()
              }}
            >
              {confirm}
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  )
}
