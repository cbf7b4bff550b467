import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { change } from '../api/client'
import type { SiteDocument } from '../api/sites'
import { Form, problemOf, SelectField, TextField } from '../parts/Form'
import { TopBar } from '../parts/TopBar'
import { currencyOptions, guessedCurrency, guessedZone, zoneOptions } from './choices'

const fields = ['domains', 'time_zone', 'currency']

/** People paste whole addresses; the host is what is meant. */
export const domainOf = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#:].*$/, '')

export default function AddSitePage() {
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const [domain, setDomain] = useState('')
  const [zone, setZone] = useState(guessedZone)
  const [currency, setCurrency] = useState(guessedCurrency)
  const add = useMutation({
    mutationFn: () => change<SiteDocument>('POST', '/sites', { domains: [domainOf(domain)], time_zone: zone, currency }),
    onSuccess: async site => {
      await queries.invalidateQueries({ queryKey: ['overview'] })
      navigate(`/sites/${site.domains[0]}`)
    },
  })
  useEffect(() => {
    document.title = 'Add a site · Footfall'
  }, [])
  return (
    <>
      <TopBar />
      <main className="page narrow" id="main">
        <div className="page-head">
          <h1>Add a site</h1>
        </div>
        <section className="card pad">
          <Form submit="Add the site" busy={add.isPending} error={add.error} fields={fields} onSubmit={() => add.mutate()}>
            <TextField
              label="Domain"
              value={domain}
              onText={setDomain}
              placeholder="example.com"
              required
              autoFocus
              autoCapitalize="none"
              spellCheck={false}
              hint="Without www: what lies below the domain belongs to it."
              problem={problemOf(add.error, 'domains')}
            />
            <SelectField
              label="Time zone"
              value={zone}
              onPick={setZone}
              options={zoneOptions(zone)}
              hint="Days begin at its midnight."
              problem={problemOf(add.error, 'time_zone')}
            />
            <SelectField
              label="Currency"
              value={currency}
              onPick={setCurrency}
              options={currencyOptions(currency)}
              hint="Revenue is reported in it."
              problem={problemOf(add.error, 'currency')}
            />
          </Form>
        </section>
      </main>
    </>
  )
}
