import type { Io } from '../io/io.ts'

/** A line on a terminal that says how far we are. */
export interface Progress {
  /** That so many are done, and so many findings there are. */
  show(done: number, findings: number): void
  /** Takes the line away. */
  hide(): void
}

/** When the line comes, and how often it changes, in milliseconds. */
const firstAfter = 1000
const rarest = 100

/** Progress through `count` projects on the standard error: nothing where that is no terminal, or where nobody looks at it. */
export function progressOn({ stderr, env }: Pick<Io, 'stderr' | 'env'>, count: number, isQuiet: boolean): Progress {
  if (stderr.isTTY !== true || isQuiet || env.TERM === 'dumb' || (env.CI ?? '') !== '')
    return { show: () => undefined, hide: () => undefined }
  const begun = Date.now()
  let last = begun + firstAfter - rarest
  let isShown = false
  const write = (text: string) => (stderr.writeAsIs ?? stderr.write)(text)
  const hide = () => {
    if (isShown) write('\r\u001b[K')
    isShown = false
  }
  return {
    show(done, findings) {
      const now = Date.now()
      if (now - last < rarest) return
      last = now
      hide()
      write(`checked ${done} of ${count} projects, ${findings} finding${findings === 1 ? '' : 's'} …`)
      isShown = true
    },
    hide,
  }
}
