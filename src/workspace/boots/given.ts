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
import { whyNot } from '../compose/choice.ts'
import type { Surroundings } from '../options.ts'
import { done, type Result, wrong } from '../result.ts'

/** What is said of the environment of a boot. */
export interface GivenOptions {
  /** `NAME=value`, or `NAME` alone with the value that the shell has. */
  readonly env?: readonly string[] | undefined
  readonly buildEnv?: readonly string[] | undefined
  /** Files of variables, relative to the working directory. */
  readonly envFiles?: readonly string[] | undefined
  /** Whether the variables of the shell are taken. */
  readonly fromEnvironment?: boolean | undefined
  /** Whether nothing is taken from Dockerfile or compose file. */
  readonly onlyGiven?: boolean | undefined
  readonly mixEnv?: string | undefined
}

type Variables = ReadonlyMap<string, Known<string>>

/** What is given, and the files that say it. */
export interface GivenBoot extends Given {
  readonly sources: readonly Source[]
}

/** What is said of the environment: the shell's variables, then the files, then `env`, each over those before. */
export function givenBy(
  options: GivenOptions,
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
  door: OpenDoor,
): Result<GivenBoot> {
  const inShell = (name: string): Known<string> => {
    const value = env[name]
    return value === undefined ? unset() : known(value)
  }
  const files: Source[] = []
  for (const name of options.envFiles ?? []) {
    const path = resolve(cwd, name)
    if (door.at(path).kind === 'missing') return wrong(`there is no file \`${name}\``)
    const why = whyNot(name, 'file', path, door)
    if (why !== undefined) return wrong(why)
    const text = readText(door.at(path).kind === 'elsewhere' ? door.outside : door, path, path)
    if (text.problem) return wrong(`\`${name}\`: ${text.problem.message}`)
    files.push(text.source)
  }
  const asCompose = valuesOf(files, (file) => parseEnvFile(file, { lookup: inShell }))
  if (asCompose.kind === 'wrong') return asCompose
  const asDocker = valuesOf(files, (file) => parseRawEnvFile(file, { lookup: inShell }))
  if (asDocker.kind === 'wrong') return asDocker
  const said = pairsOf('env', options.env, inShell)
  const shell = options.fromEnvironment ? shellVariables(env) : new Map()
  const forService = new Map([...asCompose.value, ...said])
  const forImage = new Map([...shell, ...asDocker.value, ...said])
  const only = options.onlyGiven ?? false
  const forOnly = new Map([...shell, ...forService])
  return done({
    atStart: (service) => (service === undefined ? forImage : only ? forOnly : forService),
    atBuild: pairsOf('build-env', options.buildEnv, inShell),
    only,
    mixEnv: options.mixEnv,
    sources: files,
  })
}

function valuesOf(files: readonly Source[], parse: (file: Source) => EnvFile): Result<Variables> {
  const values = new Map<string, Known<string>>()
  for (const file of files) {
    const { entries, problems } = parse(file)
    const [problem] = problems
    if (problem) {
      const masking = maskingOf({ sources: [problem.span.source], spans: [] })
      return wrong(`${placeName(problem.span)}: ${masking.text(problem.message)}`)
    }
    for (const { name, value } of entries) if (value.kind === 'known') values.set(name, value)
  }
  return done(values)
}

/** `K=V`; a bare `K` takes the value of this shell, as `docker run -e` does. */
function pairsOf(flag: string, pairs: readonly string[] = [], inShell: (name: string) => Known<string>): Variables {
  return new Map(
    pairs.flatMap((pair): readonly (readonly [string, Known<string>])[] => {
      const equals = pair.indexOf('=')
      const name = equals === -1 ? pair : pair.slice(0, equals)
      const value = equals === -1 ? inShell(name) : known(pair.slice(equals + 1))
      if (value.kind !== 'known') return []
      const span = wholeOf({ path: `--${flag}`, text: '' })
      return [[name, known(value.value, [{ span, text: `\`${name}\` is given by --${flag}` }])]]
    }),
  )
}

const shellVariables = (env: Surroundings['env']): Variables =>
  new Map(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, known(value)] as const])))
