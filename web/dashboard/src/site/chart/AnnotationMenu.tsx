import * as Popover from '@radix-ui/react-popover'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { StickyNote, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { change } from '../../api/client'
import type { Annotation } from '../../api/sites'
import { dayText } from '../../format/dates'
import { Button, IconButton } from '../../parts/Button'
import { ErrorNote } from '../../parts/ErrorNote'
import { clockIn } from '../../state/period'
import { useSiteScope } from '../SiteScope'

/** Notes on days, such as a release or a sale, which the chart marks. */
export function AnnotationMenu({ annotations }: { annotations: Annotation[] }) {
  const { site, timeZone } = useSiteScope()
  const queries = useQueryClient()
  const [date, setDate] = useState(() => clockIn(timeZone).slice(0, 10))
  const [text, setText] = useState('')
  const path = `/sites/${encodeURIComponent(site)}/annotations`
  const refresh = () => queries.invalidateQueries({ queryKey: ['annotations', site] })
  const add = useMutation({
    mutationFn: () => change('POST', path, { date, text }),
    onSuccess: () => {
      setText('')
      return refresh()
    },
  })
  const remove = useMutation({ mutationFn: (id: Annotation['id']) => change('DELETE', `${path}/${id}`), onSuccess: refresh })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  const failed = add.error ?? remove.error
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label="Annotations" title="Annotations">
        <StickyNote size={17} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu notes" align="end" sideOffset={6} aria-label="Annotations">
          <form onSubmit={submit} className="note-form">
            <label className="field">
              <span>Day</span>
              <input type="date" value={date} required onChange={event => setDate(event.target.value)} />
            </label>
            <label className="field">
              <span>What happened</span>
              <input value={text} required maxLength={200} placeholder="Newsletter sent" onChange={event => setText(event.target.value)} />
            </label>
            <Button look="primary" type="submit" busy={add.isPending}>
              Annotate
            </Button>
          </form>
          {failed && <ErrorNote what="The annotation could not be saved" error={failed} />}
          <ul className="note-list">
            {annotations
              .toSorted((a, b) => b.date.localeCompare(a.date))
              .map(note => (
                <li key={note.id}>
                  <span className="muted">{dayText(note.date)}</span> <span className="cut">{note.text}</span>
                  <IconButton label={`Delete the annotation ${note.text}`} onClick={() => remove.mutate(note.id)}>
                    <Trash2 size={15} aria-hidden />
                  </IconButton>
                </li>
              ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
