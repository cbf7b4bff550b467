import { lazy } from 'react'

const pauseMs = 1500
const attemptsMost = 20

/**
 * A part of the page that is loaded when it is drawn first. A server that restarts just then must not take the page down: the part is asked for
 * again, for half a minute, while its place shows that it is loading.
 */
export const lazily = (load => lazy(() => persistently(load))) as typeof lazy

async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load()
    } catch (failure) {
      if (attempt === attemptsMost) throw failure
      await new Promise(resume => setTimeout(resume, pauseMs))
    }
  }
}
