import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Filter } from '../../api/reports'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { alternativesOf, filterOfAlternatives, type Test } from '../../state/filters'
import { TestEditor } from './TestEditor'

const fresh: Test = { dimension: 'page', op: 'is', values: [] }

interface Props {
  /** The filter to change; null makes a new one. */
  filter: Filter | null
  onSave: (filter: Filter | null) => void
  onClose: () => void
}

interface Draft {
  key: number
  test: Test
}

/** Edits one filter: a test, or several of which one must hold. Filters beside each other must all hold. */
export default function FilterEditor({ filter, onSave, onClose }: Props) {
  const known = filter ? alternativesOf(filter) : [fresh]
  const [drafts, setDrafts] = useState<Draft[]>((known ?? []).map((test, key) => ({ key, test })))
  const [text, setText] = useState(() => JSON.stringify(filter, null, 2))
  const [problem, setProblem] = useState<string | null>(null)
  const set = (key: number, test: Test) => setDrafts(all => all.map(draft => (draft.key === key ? { key, test } : draft)))
  const add = () =>
    setDrafts(all => [...all, { key: Math.max(...all.map(draft => draft.key)) + 1, test: { ...(all.at(-1)?.test ?? fresh), values: [] } }])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The editor may stand in another form, which is not sent with it.
    event.stopPropagation()
    if (!known) {
      try {
        onSave(JSON.parse(text))
      } catch (wrong) {
        setProblem(`This is not JSON: ${wrong instanceof Error ? wrong.message : wrong}`)
      }
      return
    }
    const tests = drafts.map(draft => draft.test).filter(test => test.values.length > 0)
    if (tests.length === 0) setProblem('Say which value is meant.')
    else onSave(filterOfAlternatives(tests))
  }

  return (
    <Dialog title={filter ? 'Change the filter' : 'Add a filter'} onClose={onClose}>
      <form onSubmit={submit} className="filter-editor">
        {known ? (
          <>
            {drafts.map(({ key, test }, index) => (
              <div key={key}>
                {index > 0 && <p className="or">or</p>}
                <TestEditor
                  test={test}
                  onChange={next => set(key, next)}
                  onRemove={drafts.length > 1 ? () => setDrafts(all => all.filter(draft => draft.key !== key)) : null}
                />
              </div>
            ))}
            <button type="button" className="quiet-link" onClick={add}>
              <Plus size={15} aria-hidden /> or …
            </button>
          </>
        ) : (
          <label className="field">
            <span>The filter as JSON, in the language of the API</span>
            <textarea rows={10} value={text} onChange={event => setText(event.target.value)} spellCheck={false} />
          </label>
        )}
        {problem && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        <footer className="dialog-foot">
          {filter && (
            <Button look="quiet" onClick={() => onSave(null)}>
              Remove
            </Button>
          )}
          <span className="push" />
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Apply
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
