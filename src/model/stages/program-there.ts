import { posix } from 'node:path'
import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import { baseOf } from '../../languages/dockerfile/stages.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import { textOf } from '../../text/source.ts'
import type { Step } from '../stage-files/step.ts'
import { imageBrings, packagesBring } from './build-tools.ts'
import type { BuiltStage } from './built-stage.ts'
import { imageNameOf } from './image-name.ts'
import { lineageOf } from './mix-there.ts'

/**
 * Whether a container of `ships` has a program such as `curl`, or one of its steps before that with the id `before`;
 * `unknown` where not all that may bring it is in view.
 */
export function programThere(
  program: string,
  dockerfile: Dockerfile,
  ships: BuiltStage,
  args: BuildArgs = new Map(),
  before = Number.POSITIVE_INFINITY,
): 'yes' | 'no' | 'unknown' {
  if (ships.hasProgram) return ships.hasProgram(program) ? 'yes' : 'no'
  const lineage = lineageOf(ships)
  const steps = lineage.flatMap((stage) => stage.steps).filter(({ id }) => id < before)
  if (steps.some((step) => installs(step, program))) return 'yes'
  const base = baseOf(dockerfile, (lineage.at(-1) ?? ships).stage, args)
  const image = base.kind === 'image' && base.image.kind === 'known' ? base.image.value : undefined
  const there = image === undefined ? 'unknown' : inImage(program, image)
  if (there !== 'no') return there
  return steps.some((step) => mayInstall(step, program)) || lineage.some((stage) => mayCopy(stage, program))
    ? 'unknown'
    : 'no'
}

/** What is known of base images: Debian's, Ubuntu's and slim ones have neither `curl` nor `wget`, Alpine has those of BusyBox. */
function inImage(program: string, image: string): 'yes' | 'no' | 'unknown' {
  const tool = imageBrings(program, image)
  if (tool !== undefined) return tool
  const { repository, tag } = imageNameOf(image)
  const alpine = repository === 'alpine' || (/^(hexpm\/)?(elixir|erlang)$/.test(repository) && tag.includes('alpine'))
  if (alpine) return /^(sh|ash|wget|nc)$/.test(program) ? 'yes' : 'no'
  const debian =
    /^(debian|ubuntu)$/.test(repository) ||
    (/^hexpm\/(elixir|erlang)$/.test(repository) && /debian|ubuntu/.test(tag)) ||
    (/^(elixir|erlang)$/.test(repository) && /(^|-)slim/.test(tag))
  if (debian) return essential.test(program) ? 'yes' : 'no'
  if (/^(scratch|distroless\/.*)$/.test(repository)) return /debug/.test(tag) ? 'unknown' : 'no'
  return /^(elixir|erlang)$/.test(repository) && nodePrograms.test(program) ? 'no' : 'unknown'
}

/** Programs of packages that every Debian has (Debian Policy 3.8, `Essential: yes`). */
const essential = /^(sh|bash|dash|perl)$/

/** What comes with Node.js, or is installed by its package manager. */
const nodePrograms = /^(node|npm|npx|yarn|pnpm|bun|bunx)$/

const installers = /^(apt|apt-get|aptitude|nala|apk|dnf|microdnf|yum)$/

function installs({ command }: Step, program: string): boolean {
  if (command.kind !== 'program' || !installers.test(command.name)) return false
  const brought = packagesBring(program, command.argv)
  if (brought !== undefined) return brought === 'yes'
  const packages = packagesWith(program)
  return command.argv.slice(1).some((arg) => arg !== undefined && packages.test(arg))
}

/** The names of the packages that bring a program. */
export const packagesWith = (program: string): RegExp => packagesOf[program] ?? new RegExp(`^${program}([-:=~<>@].*)?$`)

const nodePackages = /^(nodejs|node|npm)([-:=~<>@\d].*)?$/

const packagesOf: Readonly<Record<string, RegExp>> = {
  node: nodePackages,
  npm: nodePackages,
  npx: nodePackages,
  pg_isready: /^postgresql/,
  psql: /^postgresql/,
  nc: /netcat|^ncat|^nmap|busybox/,
  ncat: /ncat|nmap/,
  envsubst: /^gettext/,
  'redis-cli': /redis|valkey/,
  mysql: /mysql|mariadb/,
  mysqladmin: /mysql|mariadb/,
  'locale-gen': /^locales([=:]|$)|language-pack/,
  convert: /magick/,
  magick: /magick/,
  chromium: /chrom(e|ium)|puppeteer|playwright/,
  ffmpeg: /ffmpeg|libav-tools/,
  wkhtmltopdf: /wkhtmlto/,
  pandoc: /pandoc/,
  tesseract: /tesseract/,
  'puppeteer-pdf': /puppeteer/,
}

function mayInstall({ command, span }: Step, program: string): boolean {
  if (command.kind === 'unknown') return true
  if (command.kind !== 'program') return false
  if (/^(ba|da|a|z)?sh$/.test(command.name)) return true
  if (installers.test(command.name))
    return (
      command.argv.includes(undefined) ||
      textOf(span).includes('$') ||
      command.argv.includes('busybox') ||
      packagesBring(program, command.argv) === 'unknown'
    )
  return (
    /^(dpkg|rpm|nix|nix-env|brew|pip3?|asdf|mise|nvm|fnm|n|volta|corepack|xargs|install|busybox)$|\.sh$/.test(
      command.name,
    ) ||
    (command.name === 'npm' && command.argv.some((arg) => /^(-g|--global)$/.test(arg ?? ''))) ||
    (command.name === 'ln' && command.argv.some((arg) => arg === undefined || /busybox/.test(arg)))
  )
}

/** Whether files from elsewhere may be the program: a copy to its name, or of a folder of programs. */
const mayCopy = (stage: BuiltStage, program: string): boolean =>
  stage.files.writes.some((write) => {
    if (write.kind === 'removed' || write.until !== undefined) return false
    if (posix.basename(write.target) === program) return true
    const folder = /^\/$|^\/(usr|opt|bin|sbin)(\/(local))?(\/(bin|sbin))?$/.test(write.target)
    return folder && (write.kind === 'unknown' || (write.kind === 'copy' && write.from.in !== 'context'))
  })
