import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import { baseOf } from '../../languages/dockerfile/stages.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { Step } from '../stage-files/step.ts'
import type { BuiltStage } from './built-stage.ts'
import { imageNameOf } from './image-name.ts'

/** Whether a stage has Elixir's `mix`; `unknown` where its base image or what is installed is not in view. */
export type MixThere = 'yes' | 'no' | 'unknown'

/** Repositories of images of which it is known that Elixir is not in them, without registry and `library/`. */
const plain =
  /^(scratch|debian|ubuntu|alpine|busybox|erlang|hexpm\/erlang|fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux|archlinux|photon|buildpack-deps|node|nginx|caddy|bitnami\/minideb|opensuse\/.*|redhat\/ubi.*|ubi\d+(\/.*)?|distroless\/.*|chainguard\/(wolfi-base|static|glibc-dynamic|busybox))$/

/** Whether a container of `ships` has `mix`: from its base image, from a package, or copied in. */
export function mixThere(dockerfile: Dockerfile, ships: BuiltStage, args: BuildArgs = new Map()): MixThere {
  if (ships.hasProgram) return ships.hasProgram('mix') ? 'yes' : 'no'
  const lineage = lineageOf(ships)
  const steps = lineage.flatMap((stage) => stage.steps)
  if (steps.some(installsElixir) || steps.some(runsMix)) return 'yes'
  const root = lineage.at(-1) ?? ships
  const there = mixInImage(dockerfile, root, args)
  return there === 'no' && (steps.some(mayInstall) || lineage.some(copiesTools)) ? 'unknown' : there
}

/** `stage`, what it starts from, and so on. */
export function lineageOf(stage: BuiltStage): readonly BuiltStage[] {
  const lineage: BuiltStage[] = []
  for (let at: BuiltStage | undefined = stage; at; at = at.base) lineage.push(at)
  return lineage
}

/** Whether the image that a stage starts from has `mix`, by its name. */
export function mixInImage(dockerfile: Dockerfile, root: BuiltStage, args: BuildArgs = new Map()): MixThere {
  const base = baseOf(dockerfile, root.stage, args)
  if (base.kind !== 'image' || base.image.kind !== 'known') return 'unknown'
  const { repository } = imageNameOf(base.image.value)
  if (/elixir|phoenix/.test(repository)) return 'yes'
  return plain.test(repository) ? 'no' : 'unknown'
}

const installers = /^(apt|apt-get|aptitude|apk|dnf|microdnf|yum|pacman|zypper|nix-env|brew)$/

const installsElixir = ({ command }: Step) =>
  command.kind === 'program' && installers.test(command.name) && command.argv.some((arg) => /^elixir\b/.test(arg ?? ''))

const runsMix = (step: Step) => step.command.kind === 'mix' && step.runs === 'always' && !step.mayFail

function mayInstall({ command }: Step): boolean {
  if (command.kind === 'unknown') return true
  if (command.kind !== 'program') return false
  if (installers.test(command.name)) return command.argv.includes(undefined)
  if (/^(asdf|mise|rtx|kiex|kerl|nix|devbox|pkgx)$|\.sh$/.test(command.name)) return true
  return command.argv.some((arg) => arg !== undefined && /elixir/i.test(arg))
}

/** Whether programs are copied in from elsewhere: a folder such as `/usr/local`, or anything named after Elixir. */
const copiesTools = (stage: BuiltStage): boolean =>
  stage.files.writes.some((write) => {
    if (write.until !== undefined) return false
    if (write.kind === 'unknown') return /^\/(usr(\/local)?(\/(s?bin|lib))?|opt)?$|elixir|\/mix$/i.test(write.target)
    return (
      write.kind === 'copy' &&
      write.from.in !== 'context' &&
      (/elixir|\/mix$/i.test(write.target) ||
        (write.from.in === 'stage' && /^\/(usr(\/local)?(\/(s?bin|lib))?|opt)?$|elixir/i.test(write.from.path)))
    )
  })
