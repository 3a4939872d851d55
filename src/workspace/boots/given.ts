import { resolve } from 'node:path'
import type { OpenDoor } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import { parseEnvFile } from '../../languages/dotenv/parse.ts'
import { parseRawEnvFile } from '../../languages/dotenv/raw.ts'
import type { EnvFile } from '../../languages/dotenv/types.ts'
import { maskingOf } from '../../masking/masking.ts'
import type { Given } from '../../model/shipping/given.ts'
import { type Known, known, unset } from '../../text/known.ts'
import { placeName, type Source, wholeOf } from '../../text/source.ts'
import type { Call } from '../../cli/call/flags.ts'
import type { Io } from '../../cli/io/io.ts'
import { whyNot } from '../compose-choice.ts'

type Variables = ReadonlyMap<string, Known<string>>

/** What the flags say, and the files that say it. */
export interface GivenByFlags extends Given {
  readonly sources: readonly Source[]
}

type Result<T> = { readonly kind: 'wrong'; readonly message: string } | { readonly kind: 'given'; readonly value: T }

/** What the flags say of the environment: this shell's variables, then the files, then `--env`, each over those before. */
export function givenBy(call: Call, io: Io, door: OpenDoor): Result<GivenByFlags> {
  const inShell = (name: string): Known<string> => {
    const value = io.env[name]
    return value === undefined ? unset() : known(value)
  }
  const files: Source[] = []
  for (const name of call.all('env-file')) {
    const path = resolve(io.cwd, name)
    if (door.at(path).kind === 'missing') return { kind: 'wrong', message: `there is no file \`${name}\`` }
    const problem = whyNot(name, 'file', path, door)
    if (problem !== undefined) return { kind: 'wrong', message: problem }
    const text = readText(door.at(path).kind === 'elsewhere' ? door.outside : door, path, path)
    if (text.problem) return { kind: 'wrong', message: `\`${name}\`: ${text.problem.message}` }
    files.push(text.source)
  }
  const asCompose = valuesOf(files, (file) => parseEnvFile(file, { lookup: inShell }))
  if (asCompose.kind === 'wrong') return asCompose
  const asDocker = valuesOf(files, (file) => parseRawEnvFile(file, { lookup: inShell }))
  if (asDocker.kind === 'wrong') return asDocker
  const env = pairsOf('env', call, inShell)
  const build = pairsOf('build-env', call, inShell)
  const shell = call.has('from-environment') ? shellVariables(io) : new Map()
  const forService = new Map([...asCompose.value, ...env])
  const forImage = new Map([...shell, ...asDocker.value, ...env])
  const only = call.has('only-given')
  const forOnly = new Map([...shell, ...forService])
  return {
    kind: 'given',
    value: {
      atStart: (service) => (service === undefined ? forImage : only ? forOnly : forService),
      atBuild: build,
      only,
      mixEnv: call.one('mix-env'),
      sources: files,
    },
  }
}

function valuesOf(files: readonly Source[], parse: (file: Source) => EnvFile): Result<Variables> {
  const values = new Map<string, Known<string>>()
  for (const file of files) {
    const { entries, problems } = parse(file)
    const [problem] = problems
    if (problem) {
      const masking = maskingOf({ sources: [problem.span.source], spans: [] })
      return { kind: 'wrong', message: `${placeName(problem.span)}: ${masking.text(problem.message)}` }
    }
    for (const { name, value } of entries) if (value.kind === 'known') values.set(name, value)
  }
  return { kind: 'given', value: values }
}

/** `K=V`; a bare `K` takes the value of this shell, as `docker run -e` does. */
function pairsOf(flag: string, call: Call, inShell: (name: string) => Known<string>): Variables {
  return new Map(
    call.all(flag).flatMap((pair): readonly (readonly [string, Known<string>])[] => {
      const equals = pair.indexOf('=')
      const name = equals === -1 ? pair : pair.slice(0, equals)
      const value = equals === -1 ? inShell(name) : known(pair.slice(equals + 1))
      if (value.kind !== 'known') return []
      const span = wholeOf({ path: `--${flag}`, text: '' })
      return [[name, known(value.value, [{ span, text: `\`${name}\` is given by --${flag}` }])]]
    }),
  )
}

const shellVariables = ({ env }: Io): Variables =>
  new Map(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, known(value)] as const])))
