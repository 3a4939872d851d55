import { alternatives } from '../languages/elixir/one-of.ts'
import { isAtom, type Value } from '../languages/elixir/value.ts'
import type { Boot } from '../model/boot/boot.ts'

/** The level of Logger where it is `:debug` whatever happens and something prints it; undefined else. */
export function debugLevel(boot: Boot): Value | undefined {
  const level = boot.at('logger', 'level')
  return level && alternatives(level).every((one) => isAtom(one, 'debug')) && !printsLess(boot) ? level : undefined
}

/** Whether what prints has a level of its own that keeps debug messages back, or nothing prints. */
export function printsLess(boot: Boot): boolean {
  const own = [boot.at('logger', 'console', 'level'), boot.at('logger', 'default_handler', 'level')]
  if (own.some((level) => level !== undefined && isOtherLevel(level))) return true
  const handler = boot.at('logger', 'default_handler')
  if (handler !== undefined && isAtom(handler, 'false')) return true
  const backends = boot.at('logger', 'backends')
  return backends !== undefined && !(backends.kind === 'list' && backends.items.some((one) => isAtom(one, 'console')))
}

const isOtherLevel = (level: Value) => level.kind === 'atom' && !/^(debug|all|nil)$/.test(level.name)

/** The levels of Logger, the most severe first. */
const levels = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug', 'all']

/** How much a level lets through; undefined where the name is none. */
export function rankOf(level: Value | undefined): number | undefined {
  if (level?.kind !== 'atom') return undefined
  const rank = levels.indexOf(level.name === 'warn' ? 'warning' : level.name)
  return rank === -1 ? undefined : rank
}
