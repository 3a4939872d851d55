import { posix } from 'node:path'
import { parseEnvFile } from '../../languages/dotenv/parse.ts'
import { variableScanner } from '../../languages/dotenv/variables.ts'
import { unset } from '../../text/known.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'
import { isEnvFile, isSampleEnvFile } from '../secrets/secret-files.ts'
import { isSecretName, isUsualName } from '../secrets/secret-look.ts'
import { unquoted } from '../secrets/written.ts'
import type { Service } from './service.ts'

/** A secret of which Compose takes what follows a `$` for a variable. */
export interface TornValue {
  /** The variable that has the secret. */
  readonly name: string
  /** From the `$` on, what Compose puts something in the place of. */
  readonly torn: Span
  /** What Compose takes for the name of a variable. */
  readonly taken: string
  /** Whether nobody calls a variable like that. */
  readonly isSure: boolean
}

const password = /^[a-z][\w+.-]*:\/\/[^\s/:@]*:([^\s@]*)@/i

/** The secrets that lose a part in the compose files of services, and in the env files that Compose reads for them. */
export function tornValues(services: readonly Service[], sources: readonly Source[]): readonly TornValue[] {
  const composed = services.filter(({ platform }) => platform === undefined)
  const declared = composed.flatMap((service) => [...service.declared, ...(service.build?.declaredArgs ?? [])])
  const inCompose = declared.flatMap(({ name, valueSpan }) =>
    valueSpan && /\.ya?ml$/.test(valueSpan.source.path) ? tornIn(name, unquoted(valueSpan)) : [],
  )
  const read = new Set(
    composed.flatMap(({ stack, envFiles }) => [
      posix.join(posix.dirname(stack), '.env'),
      ...envFiles.flatMap(({ path, isRaw }) => (isRaw ? [] : [path])),
    ]),
  )
  const files = sources.filter(({ path }) => read.has(path) && isEnvFile(path) && !isSampleEnvFile(path))
  const inFiles = files.flatMap((source) => {
    const { entries, variables } = parseEnvFile(source, { lookup: () => unset() })
    const own = new Set(entries.map(({ name }) => name))
    return entries.flatMap(({ name, valueSpan, quote }) =>
      quote === "'"
        ? []
        : tornIn(name, valueSpan).filter(
            ({ torn, taken }) => !own.has(taken) && variables.some((one) => one.span.start === torn.start),
          ),
    )
  })
  return [...inCompose, ...inFiles].filter(
    (one, index, all) =>
      all.findIndex(({ torn }) => torn.source === one.torn.source && torn.start === one.torn.start) === index,
  )
}

/** Where a secret goes on behind a `$`: in the middle of a password, or by a name that nobody gives to a variable. */
function tornIn(name: string, at: Span): readonly TornValue[] {
  const text = textOf(at)
  const inUrl = password.exec(text)
  const start = inUrl ? text.indexOf(inUrl[1] ?? '', inUrl[0].lastIndexOf(`:${inUrl[1] ?? ''}`)) : 0
  const end = inUrl ? start + (inUrl[1] ?? '').length : text.length
  if (!inUrl && (!isSecretName(name) || text.includes('://'))) return []
  const scanner = variableScanner(text)
  const found: TornValue[] = []
  for (let place = scanner.next(start); place && place.start < end; place = scanner.next(place.end)) {
    if (place.kind !== 'plain') continue
    const isOdd = !isUsualName(place.name)
    const goesOn = place.start > start && /[A-Za-z\d!#%^&*+?]$/.test(text.slice(0, place.start))
    if (!isOdd && !goesOn) continue
    const torn = span(at.source, at.start + place.start, at.start + place.end)
    found.push({ name, torn, taken: place.name, isSure: isOdd })
  }
  return found
}
