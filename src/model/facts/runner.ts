import { type Known, unset } from '../../text/known.ts'
import { textOf } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { mixText } from '../phoenix/mix.ts'
import type { Build, BuiltStage } from '../stages/built-stage.ts'
import { lineageOf } from '../stages/mix-there.ts'
import { type RootImage, rootImageOf } from '../stages/root-image.ts'

/** The image that a deployment runs on; unset where none is in view. */
export const runnerOf = ({ dockerfile, ships, build }: Deployment): Known<RootImage> =>
  dockerfile && ships ? rootImageOf(dockerfile, ships, build?.args) : unset()

/** The image in which the release of a deployment was made; unset where none is in view. */
export function builderOf({ dockerfile, build, release }: Deployment): Known<RootImage> {
  const stage = release && build?.stages[release.step.stage]
  return dockerfile && stage ? rootImageOf(dockerfile, stage, build?.args) : unset()
}

/** Whether the release brings the runtime of the image that built it: `include_erts` is not said to be anything else. */
export const bringsRuntime = ({ release }: Deployment): boolean =>
  !/\binclude_erts:(?!\s*true\b)/.test(mixText(release?.app))

/** Whether libraries may come into a stage by way of COPY: a copy from elsewhere into a folder of libraries or above. */
export const copiesLibraries = (ships: BuiltStage): boolean =>
  lineageOf(ships).some((stage) =>
    stage.files.writes.some(
      (write) =>
        write.until === undefined &&
        (write.kind === 'unknown' || (write.kind === 'copy' && write.from.in !== 'context')) &&
        /^\/$|^\/(usr\/?|usr\/local\/?|((usr|usr\/local)\/)?lib(64|exec)?(\/.*)?)$/.test(write.target),
    ),
  )

/** The packages that a stage installs; undefined where not all of them are known. */
export const packagesOf = (ships: BuiltStage): readonly string[] | undefined =>
  installedIn(ships)?.map(({ name }) => name)

/** A package that is installed. */
export interface InstalledPackage {
  readonly name: string
  /** Without what it recommends: `--no-install-recommends`. */
  readonly isBare: boolean
}

/** The same, and how each is installed. */
export function installedIn(ships: BuiltStage): readonly InstalledPackage[] | undefined {
  const packages: InstalledPackage[] = []
  for (const { command, runs, span } of lineageOf(ships).flatMap((stage) => stage.steps)) {
    if (command.kind === 'unknown' || (command.kind === 'program' && otherInstallers.test(command.name)))
      return undefined
    if (command.kind === 'release' || command.kind === 'mix' || !installers.test(command.name)) continue
    const words = command.argv.slice(1)
    if (!words.some((word) => word === undefined || /^(install|add|upgrade|dist-upgrade|full-upgrade)$/.test(word)))
      continue
    if (words.includes(undefined) || runs === 'maybe' || textOf(span).includes('$')) return undefined
    const named = words.filter((word, index) => !valued.test(words[index - 1] ?? '') && !/^-/.test(word ?? ''))
    const isBare = words.some((word) => /^--no-install-recommends$|Install-Recommends=(0|false)$/.test(word ?? ''))
    packages.push(...named.slice(1).map((word) => ({ name: (word ?? '').replace(/[=<>~@:].*/s, ''), isBare })))
  }
  return packages
}

const installers = /^(apt|apt-get|aptitude|nala|apk|dnf|microdnf|yum)$/
const otherInstallers = /^(dpkg|rpm|nix|nix-env|brew|asdf|mise|xargs|install|pacman|zypper)$|\.sh$/
const valued = /^(-t|--virtual|--target-release|-X|--repository|-o|-c|--option)$/

/** Whether a build argument without a default gives the variable. */
export const isBuildArgument = (name: string, { dockerfile }: Build): boolean =>
  dockerfile.instructions.some(
    (one) => one.keyword === 'ARG' && one.pairs.some((pair) => pair.name === name && pair.value === undefined),
  ) &&
  !dockerfile.instructions.some(
    (one) => one.keyword === 'ENV' && one.pairs.some((pair) => pair.name === name && !/\$/.test(pair.value ?? '$')),
  )

/** The variables from which Erlang takes flags (erl, "Environment Variables"; Elixir's own scripts). */
export const flagVariables: readonly string[] = ['ERL_FLAGS', 'ERL_AFLAGS', 'ERL_ZFLAGS', 'ELIXIR_ERL_OPTIONS']
