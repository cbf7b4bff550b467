import * as Menu from '@radix-ui/react-dropdown-menu'
import { useMutation } from '@tanstack/react-query'
import { Columns3, Download } from 'lucide-react'
import type { MetricId, ReportRequest } from '../../api/reports'
import { ErrorNote } from '../../parts/ErrorNote'
import { SearchField } from '../../parts/SearchField'
import { metricIds, metrics } from '../../state/metrics'
import { useSiteScope } from '../SiteScope'
import { exportReport } from './exportReport'

interface Props {
  request: ReportRequest
  dimension: string
  columns: MetricId[]
  typed: string
  onType: (text: string) => void
  onColumns: (columns: MetricId[]) => void
}

export function ReportTools({ request, dimension, columns, typed, onType, onColumns }: Props) {
  const { site, name } = useSiteScope()
  const save = useMutation({ mutationFn: (format: 'csv' | 'json') => exportReport(site, name, dimension, request, format) })
  const toggle = (id: MetricId, on: boolean) => onColumns(metricIds.filter(other => (other === id ? on : columns.includes(other))))
  return (
    <>
      <div className="report-tools">
        <SearchField label="Search the list" placeholder="Search" text={typed} onText={onType} />
        <Menu.Root>
          <Menu.Trigger className="button">
            <Columns3 size={15} aria-hidden /> Columns
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Content className="menu tall" align="end" sideOffset={6}>
              {metricIds.map(id => (
                <Menu.CheckboxItem
                  key={id}
                  className="menu-item"
                  checked={columns.includes(id)}
                  disabled={columns.length === 1 && columns.includes(id)}
                  onCheckedChange={on => toggle(id, on === true)}
                  onSelect={event => event.preventDefault()}
                >
                  {metrics[id].label}
                  <Menu.ItemIndicator className="menu-mark">✓</Menu.ItemIndicator>
                </Menu.CheckboxItem>
              ))}
            </Menu.Content>
          </Menu.Portal>
        </Menu.Root>
        <Menu.Root>
          <Menu.Trigger className="button" aria-busy={save.isPending || undefined}>
            <Download size={15} aria-hidden /> Export
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Content className="menu" align="end" sideOffset={6}>
              <Menu.Item className="menu-item" onSelect={() => save.mutate('csv')}>
                CSV, all rows
              </Menu.Item>
              <Menu.Item className="menu-item" onSelect={() => save.mutate('json')}>
                JSON, all rows
              </Menu.Item>
            </Menu.Content>
          </Menu.Portal>
        </Menu.Root>
      </div>
      {save.isError && <ErrorNote what="The list could not be exported" error={save.error} />}
    </>
  )
}
