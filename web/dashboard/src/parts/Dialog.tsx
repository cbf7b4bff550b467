import * as Radix from '@radix-ui/react-dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'

interface Props {
  title: ReactNode
  description?: string
  wide?: boolean
  onClose: () => void
  children: ReactNode
}

/** A dialog that is open as long as it is rendered; who renders it decides, mostly by the address. */
export function Dialog({ title, description, wide = false, onClose, children }: Props) {
  const content = useRef<HTMLDivElement>(null)
  // The dialog itself is read out first, and no button looks pressed because it happens to come first.
  const focus = (event: Event) => {
    event.preventDefault()
    content.current?.focus()
  }
  return (
    <Radix.Root open onOpenChange={open => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <Radix.Content
          ref={content}
          className={wide ? 'dialog wide' : 'dialog'}
          onOpenAutoFocus={focus}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close className="icon-button" aria-label="Close" title="Close (Esc)">
              <X size={18} aria-hidden />
            </Radix.Close>
          </header>
          {description && <Radix.Description className="dialog-description">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
