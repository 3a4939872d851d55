import { substitute } from '../../languages/dotenv/substitute.ts'
import { unset } from '../../text/known.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import type { Arg } from '../follow/arg.ts'
import { secretAt, unquoted, type WrittenSecret, writtenInWords } from '../secrets/written.ts'
import type { DeclaredVariable, Service, ServiceBuild } from './service.ts'

/** A secret that a compose file, or a file of a platform, writes out. */
export interface ServiceSecret extends WrittenSecret {
  /** The key of the service that it stands under. */
  readonly key: 'environment' | 'build.args' | 'command'
  /** Whether it is a default, as in `${NAME:-value}`. */
  readonly isDefault: boolean
  /** The variable that has it as its value. */
  readonly variable: DeclaredVariable | undefined
}

/** The secrets that compose files write out for a service. */
export function secretsOfService(service: Service): readonly ServiceSecret[] {
  const { declared, build, command = [], entrypoint = [], hooks, health, platform } = service
  const isOwn = ({ source }: Span) => platform !== undefined || isCompose(source.path)
  return [
    ...declared.filter(({ span: at }) => isOwn(at)).flatMap((one) => ofVariable(one, 'environment')),
    ...(build ? secretsOfBuild(build) : []),
    ...[command, entrypoint, ...hooks, health?.argv ?? []].flatMap((args) => ofArgs(args, isOwn)),
  ]
}

/** The secrets that compose files write out for the variables of a service, and that later files override. */
export const overriddenSecretsOf = ({ declared }: Service): readonly WrittenSecret[] =>
  declared.flatMap(({ name, value: { trail } }) =>
    trail.flatMap(({ span: { source, start }, overridden }) => {
      const [line = ''] = source.text.slice(start).split(/\r?\n/, 1)
      const written = /^(?:- *)?["']?\w+["']?(?: *: +|=)(.*?)(?:\s+#.*|\s*)$/.exec(line)?.[1]
      if (!overridden || !isCompose(source.path) || !written) return []
      const from = start + line.indexOf(written)
      const at = unquoted(span(source, from, from + written.length))
      return secretAt(
        name,
        at,
        span(source, start, from + written.length),
        variablesIn(at).map((one) => one.span),
      )
    }),
  )

const isCompose = (path: string): boolean => /\.ya?ml$/.test(path)

/** The secrets that are written out as build arguments. */
export const secretsOfBuild = ({ declaredArgs }: ServiceBuild): readonly ServiceSecret[] =>
  declaredArgs.flatMap((one) => ofVariable(one, 'build.args'))

function ofVariable(variable: DeclaredVariable, key: ServiceSecret['key']): readonly ServiceSecret[] {
  const { name, span: whole, valueSpan } = variable
  if (valueSpan === undefined) return []
  const at = unquoted(valueSpan)
  const puts = variable.isLiteral ? [] : variablesIn(at)
  const made = (secrets: readonly WrittenSecret[], isDefault: boolean) =>
    secrets.map((one): ServiceSecret => ({ ...one, key, isDefault, variable }))
  const own = secretAt(
    name,
    at,
    whole,
    puts.map(({ span: place }) => place),
  )
  if (own.length > 0) return made(own, false)
  return puts.flatMap(({ operator, argument, span: place }) => {
    if (!/^:?-$/.test(operator)) return []
    const value = span(at.source, place.end - 1 - argument.length, place.end - 1)
    return made(
      secretAt(
        name,
        value,
        whole,
        variablesIn(value).map((one) => one.span),
      ),
      true,
    )
  })
}

/** What Compose takes for variables in a text. */
const variablesIn = (at: Span) =>
  substitute(
    textOf(at),
    () => unset(),
    (start, end) => span(at.source, at.start + start, at.start + end),
  ).variables

const ofArgs = (args: readonly Arg[], isOwn: (at: Span) => boolean): readonly ServiceSecret[] =>
  writtenInWords(args.flatMap(({ span: at }) => (isOwn(at) ? [at] : []))).map((one) => ({
    ...one,
    key: 'command',
    isDefault: false,
    variable: undefined,
  }))
