import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { isAtom, type Value } from '../../languages/elixir/values/value.ts'
import { type Maybe, unknown, yesOrNo } from '../../text/known.ts'
import { isAtLeast } from '../phoenix/versions.ts'
import { type Made, made, madeOf, stop, unknownMade } from './made.ts'

/** The levels of Logger, the most severe first; `none` and `all` are its ends. */
const levels = ['none', 'emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug', 'all']

/** The level that Logger has once the app has started. What it does not know stops the app. */
export function logLevelOf(logger: Value | undefined): Made<string> {
  const level = logger && configAt(logger, ['level'])
  if (level === undefined) return made('debug')
  if (level.kind === 'unknown') return unknownMade(level.why)
  const name = level.kind === 'atom' ? normal(level.name) : ''
  if (levels.includes(name)) return made(name)
  return stop({ kind: 'log-level', level: inspectValue(level, '1.18.4') }, 'logger', 'level')
}

const normal = (level: string) => (level === 'warn' ? 'warning' : level)

/** Whether a message of a level is printed: Logger's own level and that of what prints must let it through. */
function isPrinted(level: string, logger: Value, elixir: string): Maybe {
  const primary = logLevelOf(logger)
  if (primary.kind !== 'made') return unknown('the level of Logger is not known')
  return yesOrNo(allows(primary.value, level) && printerLevels(logger, elixir).every((own) => allows(own, level)))
}

const allows = (limit: string, level: string) => levels.indexOf(level) <= levels.indexOf(limit)

/** The levels of the handlers; a handler that is taken away is one at `none`. */
function printerLevels(logger: Value, elixir: string): readonly string[] {
  const found: string[] = []
  const own = (key: string) => {
    const level = configAt(logger, [key, 'level'])
    if (level?.kind === 'atom' && levels.includes(normal(level.name))) found.push(normal(level.name))
  }
  own('console')
  const backends = configAt(logger, ['backends'])
  if (backends?.kind === 'list' && !backends.tail && !backends.items.some(isConsole)) found.push('none')
  if (!isAtLeast(elixir, 1, 15)) return found
  own('default_handler')
  const handler = configAt(logger, ['default_handler'])
  if (handler && isAtom(handler, 'false')) found.push('none')
  return found
}

const isConsole = (backend: Value): boolean =>
  isAtom(backend, 'console') || isAtom(backend, 'Elixir.Logger.Backends.Console') || backend.kind !== 'atom'

/** Whether Ecto logs the parameters of queries: the `log` of the repo is the level of its messages, `:debug` without one. */
export function logsQueries(repo: Value | undefined, logger: Value, elixir: string): Made<boolean> {
  const log = repo && configAt(repo, ['log'])
  if (log?.kind === 'unknown') return unknownMade(log.why)
  if (log && isAtom(log, 'false')) return made(false)
  const level = log?.kind === 'atom' && levels.includes(normal(log.name)) ? normal(log.name) : 'debug'
  return madeOf(isPrinted(level, logger, elixir))
}
