const askEveryMs = 1500

/** Whether the server can be reached. Once it is lost it is asked every moment whether it is back. */
class Reachability {
  private away = false
  private timer: ReturnType<typeof setTimeout> | null = null
  private listeners = new Set<() => void>()

  isAway = () => this.away

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  lost() {
    if (!this.away) this.tell(true)
    this.timer ??= setTimeout(() => this.ask(), askEveryMs)
  }

  found() {
    if (this.away) this.tell(false)
  }

  private async ask() {
    this.timer = null
    const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null)
    if (answer?.ok) this.found()
    else this.lost()
  }

  private tell(away: boolean) {
    this.away = away
    for (const listener of this.listeners) listener()
  }
}

export const reachability = new Reachability()
