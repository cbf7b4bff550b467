import { type Rebuild, useDifference, useRebuildActions } from '../api/rebuilds'
import { duration, percent, whole } from '../format/numbers'
import { Confirm } from '../parts/Confirm'
import { ErrorNote } from '../parts/ErrorNote'
import { Section } from '../parts/Section'
import { Skeleton } from '../parts/Skeleton'
import { MoverTable } from './MoverTable'

const titles: Record<Rebuild['phase'], string> = {
  copying: 'Copying what is live',
  replaying: 'Reading the raw hits',
  combining: 'Combining old and new',
  comparing: 'Comparing old and new',
  ready: 'The new numbers are ready',
  switched: 'The new numbers are live',
  rolled_back: 'The old numbers are live again',
  compared: 'What would change',
}

function titleOf(rebuild: Rebuild): string {
  const turning = rebuild.working && ['ready', 'switched', 'rolled_back'].includes(rebuild.phase)
  return turning ? (rebuild.phase === 'switched' ? 'Rolling back' : 'Switching') : titles[rebuild.phase]
}

/** The rebuild there is: how far it is, what it changes, and what can be done with it. */
export function RebuildStatus({ rebuild }: { rebuild: Rebuild }) {
  const known = ['ready', 'switched', 'rolled_back', 'compared'].includes(rebuild.phase)
  const difference = useDifference(rebuild, known)
  const days = rebuild.from || rebuild.to ? `${rebuild.from ?? 'since ever'} to ${rebuild.to ?? 'now'}` : 'all days'
  return (
    <Section title={titleOf(rebuild)} text={`${rebuild.sites ? rebuild.sites.join(', ') : 'All sites'}, ${days}.`}>
      {rebuild.working && <Progress rebuild={rebuild} />}
      {rebuild.problem && <p className="field-problem">It is tried again, because {rebuild.problem}</p>}
      {rebuild.left && rebuild.left.events > 0 && (
        <p className="notice">
          {whole(rebuild.left.visits)} visits with {whole(rebuild.left.events)} events cannot be made anew, because raw hits are gone. They
          stay as they were.
        </p>
      )}
      {known &&
        (difference.isError ? (
          <ErrorNote what="The difference could not be loaded" error={difference.error} retry={() => difference.refetch()} />
        ) : !difference.data ? (
          <Skeleton lines={4} />
        ) : difference.data.moved === 0 ? (
          <p>Nothing moved: {whole(difference.data.numbers)} numbers are the same.</p>
        ) : (
          <MoverTable difference={difference.data} />
        ))}
      <Actions rebuild={rebuild} />
    </Section>
  )
}

function Progress({ rebuild: { progress } }: { rebuild: Rebuild }) {
  const words = progress
    ? `${percent(progress.share, 0)}, ${whole(progress.hits)} hits, ${whole(progress.hits_per_second)} a second${progress.seconds_left === null ? '' : `, ${duration(progress.seconds_left)} left`}`
    : 'At work'
  return (
    <p>
      <progress aria-label="Progress of the rebuild" max={1} {...(progress ? { value: progress.share } : {})} />{' '}
      <span className="muted small">{words}</span>
    </p>
  )
}

function Actions({ rebuild }: { rebuild: Rebuild }) {
  const { turn, drop } = useRebuildActions()
  const { id, phase, working } = rebuild
  const failed = turn.error ?? drop.error
  const turning = working && phase !== 'copying' && phase !== 'replaying' && phase !== 'combining' && phase !== 'comparing'
  return (
    <>
      <div className="form-foot">
        {!working && (phase === 'ready' || phase === 'rolled_back') && (
          <Confirm
            label="Switch"
            title="Switch to the new numbers"
            text="All reports show the new numbers from then on, all at once. The old ones are kept, so that you can roll back. Nothing that comes in is refused meanwhile."
            confirm="Switch"
            busy={turn.isPending}
            onConfirm={() => turn.mutate({ id, verb: 'switch' })}
          />
        )}
        {!working && phase === 'switched' && (
          <Confirm
            label="Roll back"
            title="Bring the old numbers back"
            text="All reports show the old numbers again, with what has come in since the switch counted in them. The new ones are kept."
            confirm="Roll back"
            busy={turn.isPending}
            onConfirm={() => turn.mutate({ id, verb: 'rollback' })}
          />
        )}
        {!turning && (
          <Confirm
            label={working ? 'Cancel' : 'Drop'}
            title={working ? 'Cancel the rebuild' : 'Drop what is not live'}
            text={
              working
                ? 'What was made so far is deleted. The live numbers stay as they are.'
                : 'The version that is not live is deleted, and there is no way back to it. The live numbers stay as they are.'
            }
            confirm={working ? 'Cancel the rebuild' : 'Drop'}
            busy={drop.isPending}
            onConfirm={() => drop.mutate(id)}
          />
        )}
      </div>
      {failed && <ErrorNote what="That was not done" error={failed} />}
    </>
  )
}
