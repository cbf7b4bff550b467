import { useState } from 'react'
import type { SiteDocument, SiteSettings } from '../api/sites'
import { CheckField, Form, LinesField, problemOf, SelectField, TextField } from '../parts/Form'
import { Section } from '../parts/Section'
import { useSiteChange } from './useSiteChange'

const addressOptions = [
  { value: 'truncate', text: 'Shortened before it is stored (a network of 256 addresses)' },
  { value: 'drop', text: 'Not kept at all' },
  { value: 'keep', text: 'Kept whole' },
]

const fields = [
  'excluded_addresses',
  'excluded_paths',
  'allowed_hostnames',
  'kept_query_parameters',
  'key_events',
  'visit_timeout_minutes',
].map(name => `settings.${name}`)

/** How events become numbers, and how much of a person reaches the disk. */
export function CountingTab({ site }: { site: SiteDocument }) {
  const [settings, setSettings] = useState<SiteSettings>(site.settings)
  const save = useSiteChange(site)
  const set = (changed: Partial<SiteSettings>) => setSettings(before => ({ ...before, ...changed }))
  const problem = (name: string) => problemOf(save.error, `settings.${name}`)
  const lines = (name: 'excluded_addresses' | 'excluded_paths' | 'allowed_hostnames' | 'kept_query_parameters' | 'key_events') => ({
    lines: settings[name] ?? [],
    onLines: (value: string[]) => set({ [name]: value }),
    problem: problem(name),
  })
  return (
    <Section title="Privacy and counting" text="Changes hold for events that arrive from now on.">
      <Form
        submit="Save"
        busy={save.isPending}
        error={save.error}
        fields={fields}
        done={save.isSuccess ? 'Saved.' : null}
        onSubmit={() => save.mutate({ settings })}
      >
        <SelectField
          label="Addresses of visitors"
          value={settings.address ?? 'truncate'}
          options={addressOptions}
          onPick={value => set({ address: value as NonNullable<SiteSettings['address']> })}
          hint="Places are looked up before the address is shortened or dropped."
        />
        <CheckField
          label="Respect Do Not Track and Global Privacy Control"
          hint="Who sends either is not counted."
          checked={settings.honour_do_not_track ?? false}
          onCheck={value => set({ honour_do_not_track: value })}
        />
        <LinesField
          label="Addresses left out"
          placeholder={'192.0.2.7\n198.51.100.0/24'}
          hint="One a line, such as your office. Ranges as CIDR."
          {...lines('excluded_addresses')}
        />
        <LinesField
          label="Paths left out"
          placeholder={'/admin/*\n/preview'}
          hint="One a line; * stands for anything."
          {...lines('excluded_paths')}
        />
        <LinesField
          label="Hosts that count"
          placeholder="*.example.com"
          hint="Empty lets every host through. Keeps copies of your pages elsewhere from being counted."
          {...lines('allowed_hostnames')}
        />
        <LinesField
          label="Query parameters that are part of the page"
          placeholder="article"
          hint="All others are dropped from the page's address."
          {...lines('kept_query_parameters')}
        />
        <CheckField
          label="The site routes by hash"
          hint="What follows # is then part of the page."
          checked={settings.hash_routing ?? false}
          onCheck={value => set({ hash_routing: value })}
        />
        <LinesField
          label="Key events"
          placeholder="purchase"
          hint="Names of events that matter most, one a line."
          {...lines('key_events')}
        />
        <TextField
          label="A visit ends after so many minutes of silence"
          type="number"
          min={5}
          max={475}
          required
          value={settings.visit_timeout_minutes ?? 30}
          onText={value => set({ visit_timeout_minutes: Number(value) })}
          problem={problem('visit_timeout_minutes')}
        />
      </Form>
    </Section>
  )
}
