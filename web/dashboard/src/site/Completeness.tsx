import * as Popover from '@radix-ui/react-popover'
import { BadgeCheck, Hourglass } from 'lucide-react'
import type { ReportDocument } from '../api/reports'
import { momentText, timeText } from '../format/dates'

const lifetimes: Record<ReportDocument['identity'], { short: string; long: string }> = {
  none: { short: '', long: 'There were no visitors.' },
  one_day: { short: 'visitors told apart for one day', long: 'Without cookies: a person who comes on two days counts as two visitors.' },
  persistent: {
    short: 'returning visitors recognised',
    long: 'Visitors carry an id, so a person who comes again on the same device counts once.',
  },
  mixed: { short: 'some visitors told apart for one day only', long: 'Some visitors carry an id; the others are told apart for one day.' },
}

/** How far the numbers can be trusted, in one line; the rest of it on demand. */
export function Completeness({ report }: { report: ReportDocument }) {
  const lifetime = lifetimes[report.identity]
  return (
    <footer className="completeness">
      <Popover.Root>
        <Popover.Trigger className="quiet-link" title={`Definitions ${report.definition_version}`}>
          {report.exact ? <BadgeCheck size={15} aria-hidden /> : <Hourglass size={15} aria-hidden />}
          {report.exact ? 'Exact' : 'Estimated'}
          {report.complete_until && <> · complete until {timeText(report.complete_until, report.time_zone)}</>}
          {lifetime.short && <> · {lifetime.short}</>}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="menu facts" side="top" sideOffset={6} aria-label="How far the numbers can be trusted">
            <dl>
              <dt>{report.exact ? 'Exact' : 'Estimated'}</dt>
              <dd>
                {report.exact
                  ? 'Every event is counted. Nothing is sampled, and no row is folded into “other”.'
                  : 'The numbers are a fast estimate.'}
              </dd>
              {report.complete_until && (
                <>
                  <dt>Complete until</dt>
                  <dd>
                    {momentText(report.complete_until, report.time_zone)}: everything received until then is counted. Late events still go
                    to their own day.
                  </dd>
                </>
              )}
              <dt>Visitors</dt>
              <dd>{lifetime.long}</dd>
              <dt>Days of</dt>
              <dd>{report.time_zone}</dd>
              <dt>Definitions</dt>
              <dd className="breaks">{report.definition_version}</dd>
            </dl>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <span>Days of {report.time_zone}</span>
    </footer>
  )
}
