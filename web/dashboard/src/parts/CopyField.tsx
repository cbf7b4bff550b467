import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from './Button'

/** A text to be copied whole. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    // Browsers give the clipboard to secure pages only; on others the text is marked, ready to be copied by hand.
    if (!navigator.clipboard) return field.current?.select()
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <div className="copy-field">
      <input ref={field} aria-label={label} value={text} readOnly onFocus={event => event.target.select()} />
      <Button onClick={copy} aria-label={`Copy ${label}`}>
        {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </Button>
    </div>
  )
}
