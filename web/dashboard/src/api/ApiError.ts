interface Problem {
  type?: string
  title?: string
  detail?: string
  field?: string
  errors?: { field: string; message: string }[]
}

/** A refusal as the server words it (RFC 9457), or the lack of any answer. */
export class ApiError extends Error {
  private constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null,
    readonly field: string | null,
    /** The last part of the problem's type, such as second-factor-required. */
    readonly kind: string | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail ? `${title}: ${detail}` : title)
  }

  static unreachable() {
    return new ApiError(0, 'Footfall cannot be reached', 'It may be restarting, or this device may be offline.', null, null, null)
  }

  static async of(answer: Response) {
    const problem: Problem = await answer.json().catch(() => ({}))
    const retry = Number(answer.headers.get('retry-after'))
    return new ApiError(
      answer.status,
      problem.title ?? `The server answered ${answer.status}`,
      problem.detail ?? problem.errors?.[0]?.message ?? null,
      problem.field ?? problem.errors?.[0]?.field ?? null,
      problem.type?.split('/').pop() ?? null,
      retry > 0 ? retry : null,
    )
  }
}
