import { type Known, known, unknown, unset } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { mapsAt, scalarAt, textAt } from '../../compose/service/values.ts'
import type { NamedText } from '../../compose/service-types.ts'
import { loadYaml } from '../../yaml/load.ts'
import { mapAt, valueAt, type YamlMap } from '../../yaml/node.ts'
import type { HeldValue, Holders } from './objects.ts'

/** The variables of a container of a pod. */
export interface PodEnvironment {
  readonly variables: readonly NamedText[]
  /** What may give more, in words: a ConfigMap or Secret that is not in view. */
  readonly open: string | undefined
  readonly isOpenForSecrets: boolean
}

/** What `envFrom` and `env` of a container give; `env` goes before, and of each the last (Kubernetes API, "EnvVar"). */
export function environmentOf(
  container: YamlMap,
  namespace: string | undefined,
  holders: Holders,
  isPatched: boolean,
): PodEnvironment {
  const variables = new Map<string, NamedText>()
  let open: string | undefined
  const missing = new Set<string>()
  for (const from of mapsAt(container, 'envFrom')) {
    const prefix = textAt(from, 'prefix') ?? ''
    for (const [kind, key] of sources) {
      const name = mapAt(from, key) && textAt(mapAt(from, key) ?? from, 'name')
      if (name === undefined) continue
      const held = holders(kind, name, namespace)
      if (held === undefined) {
        open = `the ${kind} \`${name}\` is not here`
        missing.add(kind)
      }
      for (const one of held ?? []) variables.set(prefix + one.key, variableOf(prefix + one.key, one))
    }
  }
  for (const entry of mapsAt(container, 'env')) {
    const variable = ofEntry(entry, { namespace, holders, isPatched }, variables)
    if (variable) variables.set(variable.name, variable)
  }
  return {
    variables: [...variables.values()],
    open,
    isOpenForSecrets: missing.has('Secret') && !missing.has('ConfigMap'),
  }
}

const sources = [
  ['ConfigMap', 'configMapRef'],
  ['Secret', 'secretRef'],
] as const

const variableOf = (name: string, { value, keySpan, span }: HeldValue): NamedText => ({
  name,
  nameSpan: keySpan,
  span,
  value: { ...value, trail: [{ span, text: `\`${name}\` is set here` }] },
})

interface Around {
  readonly namespace: string | undefined
  readonly holders: Holders
  /** Whether what is in view may get more before it is applied. */
  readonly isPatched: boolean
}

function ofEntry(
  entry: YamlMap,
  { namespace, holders, isPatched }: Around,
  before: ReadonlyMap<string, NamedText>,
): NamedText | undefined {
  const name = scalarAt(entry, 'name')
  if (name === undefined) return undefined
  const made = (value: Known<string>, span: Span): NamedText => ({
    name: name.text,
    nameSpan: name.span,
    span,
    value: { ...value, trail: [{ span, text: `\`${name.text}\` is set here` }] },
  })
  const from = mapAt(entry, 'valueFrom')
  if (from === undefined) {
    const value = valueAt(entry, 'value')
    if (value?.kind !== 'scalar')
      return made(isBroken(name.span) ? unknown('the file breaks off') : known(''), name.span)
    return made(substituted(value.text, before), value.span)
  }
  for (const [kind, key] of references) {
    const reference = mapAt(from, key)
    if (reference === undefined) continue
    const held = holders(kind, textAt(reference, 'name') ?? '', namespace)
    const found = held?.find((one) => one.key === textAt(reference, 'key'))
    if (found) return { ...variableOf(name.text, found), nameSpan: name.span }
    const isOptional = textAt(reference, 'optional') === 'true'
    const lacks = `the ${kind} \`${textAt(reference, 'name')}\` has no such key`
    if (held?.length && !isOptional && !isPatched)
      return { ...made(unset(), name.span), value: unset([{ span: name.span, text: lacks }]) }
    const why = `the ${kind} that it comes from is not here`
    return made(isOptional ? unknown(why) : { ...unknown(why), isSet: true }, name.span)
  }
  return made({ ...unknown('Kubernetes gives it'), isSet: true }, name.span)
}

/** Whether the file of an entry cannot be read to its end, so that what the entry lacks may stand there. */
const isBroken = ({ source }: Span): boolean => loadYaml(source).problems.length > 0

const references = [
  ['ConfigMap', 'configMapKeyRef'],
  ['Secret', 'secretKeyRef'],
] as const

/** A text with `$(NAME)` replaced by the variables before it; a name that there is not stays as it is written. */
export function substituted(text: string, variables: ReadonlyMap<string, NamedText>): Known<string> {
  let why: string | undefined
  const made = text.replace(/\$\$|\$\(([\w.-]+)\)/g, (written, name: string | undefined) => {
    if (name === undefined) return '$'
    const value = variables.get(name)?.value
    if (value?.kind === 'known') return value.value
    if (value !== undefined) why = `it is put together with \`${name}\``
    return written
  })
  return why === undefined ? known(made) : { ...unknown(why), isSet: true }
}
