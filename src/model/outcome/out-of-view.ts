import { parseElixir } from '../../languages/elixir/syntax/parse.ts'
import { stringText, walk } from '../../languages/elixir/syntax/query.ts'
import type { Label } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, textOf } from '../../text/source.ts'
import type { Boot } from '../boot/boot.ts'

/** A call of runtime.exs of code that nobody here can follow, and that may stop the start: one for each function. */
export function foreignCallsOf({ runtime }: Boot): readonly Label[] {
  const calls = new Map<string, Label>()
  for (const { kind, span } of runtime?.notes ?? []) {
    const name = /^[\w.:]+[?!]?/.exec(textOf(span))?.[0]
    if (kind !== 'foreign-call' || name === undefined || isHarmless.test(name) || calls.has(name)) continue
    calls.set(name, { span, text: `\`${name}\` is not here to be followed, and may stop it` })
  }
  return [...calls.values()]
}

/** Libraries whose functions give the same whatever the environment is. */
const isHarmless =
  /^(CAStore|Certifi|:certifi|Ecto|Phoenix|Plug|Swoosh|Oban|Sentry|Tesla|Finch|Bandit|Postgrex|Jason|Decimal)\b/

/** The variables that a script names where it calls such code: texts that are written as variables are. */
export function namedVariables(boot: Boot): ReadonlyMap<string, readonly Label[]> {
  const [call] = foreignCallsOf(boot)
  return call ? namesIn(call.span.source) : new Map()
}

const namesIn = oncePer((source: Source): ReadonlyMap<string, readonly Label[]> => {
  const found = new Map<string, readonly Label[]>()
  walk(parseElixir(source).body, (node) => {
    const name = stringText(node)
    if (name === undefined || !/^[A-Z][A-Z\d]*(_[A-Z\d]+)+$|^(PORT|HOST|SECRET|DATABASE)$/.test(name)) return
    const label = { span: node.span, text: `\`${name}\` is named here` }
    found.set(name, [...(found.get(name) ?? []), label])
  })
  return found
})
