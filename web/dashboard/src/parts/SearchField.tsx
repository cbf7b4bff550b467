import { Search } from 'lucide-react'

interface SearchFieldProps {
  /** Said to who cannot see the place it stands in. */
  label: string
  placeholder?: string
  text: string
  onText: (text: string) => void
  className?: string
}

/** Where one types to find something in what is listed below. */
export function SearchField({ label, placeholder = label, text, onText, className = '' }: SearchFieldProps) {
  return (
    <label className={`search ${className}`}>
      <Search size={15} aria-hidden />
      <input type="search" placeholder={placeholder} aria-label={label} value={text} onChange={event => onText(event.target.value)} />
    </label>
  )
}
