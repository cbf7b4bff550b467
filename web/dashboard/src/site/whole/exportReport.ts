import { send } from '../../api/client'
import { fetchReport, type ReportRequest, reportAddress } from '../../api/reports'

/** The most rows that one answer has. */
const pieceRows = 10_000

/** Fetches all rows, a piece at a time, and hands them to the browser as a file. */
export async function exportReport(site: string, name: string, dimension: string, request: ReportRequest, format: 'csv' | 'json') {
  const pieces = format === 'csv' ? await csvOf(site, request) : await jsonOf(site, request)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(pieces, { type: format === 'csv' ? 'text/csv' : 'application/json' }))
  link.download = `${name}-${dimension.replace(':', '-')}.${format}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

async function csvOf(site: string, request: ReportRequest): Promise<string[]> {
  const pieces: string[] = []
  for (let offset = 0; ; offset += pieceRows) {
    const text = await (await send('GET', reportAddress(site, { ...request, limit: pieceRows, offset }, 'csv'))).text()
    const firstLine = text.indexOf('\r\n') + 2
    const rows = text.length - firstLine
    if (offset > 0 && rows <= 0) return pieces
    pieces.push(offset === 0 ? text : text.slice(firstLine))
    if (text.split('\r\n').length - 2 < pieceRows) return pieces
  }
}

async function jsonOf(site: string, request: ReportRequest): Promise<string[]> {
  const first = await fetchReport(site, { ...request, limit: pieceRows, offset: 0 })
  const rows = [...first.rows]
  while (rows.length < first.row_count) {
    const piece = await fetchReport(site, { ...request, limit: pieceRows, offset: rows.length })
    if (piece.rows.length === 0) break
    rows.push(...piece.rows)
  }
  return [JSON.stringify({ ...first, rows }, null, 2)]
}
