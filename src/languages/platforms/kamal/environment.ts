import { posix } from 'node:path'
import { type Known, unknown, unset } from '../../../text/known.ts'
import { nearest } from '../../../text/nearest.ts'
import type { Source } from '../../../text/source.ts'
import { pairsOf } from '../../compose/service/environment.ts'
import { scalarsOf } from '../../compose/service/values.ts'
import type { NamedText } from '../../compose/service-types.ts'
import { mapAt, type ScalarNode, valueAt, type YamlNode } from '../../yaml/node.ts'

/** The names that `.kamal/secrets` gives; undefined where no such file is in view, as where each destination has its own. */
export function secretsBeside(
  source: Source,
  at: (path: string) => Source | undefined,
): ReadonlySet<string> | undefined {
  const folder = posix.join(posix.dirname(posix.dirname(source.path)), '.kamal')
  const own = /(^|\/)deploy\.ya?ml$/.test(source.path) ? at(posix.join(folder, 'secrets')) : undefined
  if (own === undefined) return undefined
  const texts = [own, at(posix.join(folder, 'secrets-common'))].map((one) => one?.text ?? '')
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)(?:\s*=|:\s)/gm)].map(([, name = '']) => name),
    ),
  )
}

/** The variables of an `env`: those that are written out, and those whose values `secrets` has, where that is in view. */
export function variablesOf(env: YamlNode | undefined, secrets: ReadonlySet<string> | undefined): readonly NamedText[] {
  if (env?.kind !== 'map') return []
  const clear = mapAt(env, 'clear')
  const plain = clear ?? (valueAt(env, 'secret') || valueAt(env, 'tags') ? undefined : env)
  return [
    ...pairsOf(plain).map((one) => ({ ...one, value: expressed(one.value) })),
    ...scalarsOf(valueAt(env, 'secret')).map((node) => secretOf(node, secrets)),
  ]
}

/** A text in which ERB puts something. */
export const expressed = (value: Known<string>): Known<string> =>
  value.kind === 'known' && value.value.includes('<%')
    ? { ...unknown('Kamal makes it when it deploys', value.trail), isSet: true }
    : value

/**
 * A secret by its name, or by two, of which the second is that in `.kamal/secrets`. Kamal takes none from the shell that
 * calls it: where its files lack one, it stops ("Secret … not found in .kamal/secrets"). `secrets-common` may be kept out of git.
 */
function secretOf(node: ScalarNode, secrets: ReadonlySet<string> | undefined): NamedText {
  const [name = '', own = name] = node.text.split(':')
  const place = { name, nameSpan: node.span, span: node.span }
  if (secrets === undefined || secrets.has(own)) {
    const trail = [{ span: node.span, text: `\`${name}\` is given here` }]
    return { ...place, value: { ...unknown('`.kamal/secrets` gives it', trail), isSet: true } }
  }
  const near = nearest(own, [...secrets], 2)
  if (near !== undefined)
    return { ...place, value: unset([{ span: node.span, text: `\`.kamal/secrets\` calls it \`${near}\`` }]) }
  const lacks = `\`.kamal/secrets\` has no \`${own}\``
  return { ...place, value: { ...unknown(lacks, [{ span: node.span, text: lacks }]), isLacking: true } }
}
