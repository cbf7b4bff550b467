import { ApiError } from './ApiError'
import { reachability } from './reachability'

/** Who asks: the cookie's person, or the holder of a shared link's or an embedded page's token. */
const caller = { bearer: null as string | null, csrf: null as string | null }

export function actAs(bearer: string | null) {
  caller.bearer = bearer
}

export function rememberCsrf(csrf: string | null) {
  caller.csrf = csrf
}

export function headers(method: string, json: boolean): Headers {
  const all = new Headers()
  if (json) all.set('content-type', 'application/json')
  if (caller.bearer) all.set('authorization', `Bearer ${caller.bearer}`)
  if (caller.csrf && method !== 'GET') all.set('x-csrf-token', caller.csrf)
  return all
}

/** Asks the server and throws an ApiError for every answer but a good one. A server that cannot be reached is told to the banner too. */
export async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      headers: headers(method, body !== undefined),
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    })
  } catch (failure) {
    if (signal?.aborted) throw failure
    reachability.lost()
    throw ApiError.unreachable()
  }
  if (answer.ok) {
    reachability.found()
    return answer
  }
  if (answer.status === 502 || (answer.status === 503 && !answer.headers.has('retry-after'))) reachability.lost()
  throw await ApiError.of(answer)
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send('GET', path, undefined, signal)).json()
}

export async function change<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const answer = await send(method, path, body)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
