import { posix } from 'node:path'
import { besideCode } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { copiesLibraries, flagVariables, runnerOf } from '../../model/facts/runner.ts'
import type { Project } from '../../model/project/project.ts'
import type { BuiltStage } from '../../model/stages/built-stage.ts'
import { imageNameOf } from '../../model/stages/image-name.ts'
import { lineageOf } from '../../model/stages/mix-there.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { localeMissing } from '../in-image/system.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'locale-unset',
  gotcha: 'image',
  severity: 'info',
  summary: 'the app runs without a locale of UTF-8',
  incident:
    'Passwords and other variables with letters beyond ASCII arrive garbled, and files with such names are not found.',
  remedy: 'Set `LANG=C.UTF-8` in the image that runs',
  why: `Erlang takes the encoding of file names and of its output from \`LC_ALL\`, \`LC_CTYPE\` or \`LANG\`, and without them, or with
a locale that is not installed, it is Latin-1: Elixir warns of it at each start, \`System.get_env\` gives \`Ã©\` for \`é\`, and
\`File.ls\` names that nothing can open. \`C.UTF-8\` is always there. Others, such
as \`en_US.UTF-8\`, have to be generated in the stage that ships. The images of Elixir set \`LANG\`, those of Debian and
Ubuntu do not, and Alpine knows nothing but UTF-8.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#containers',
    'https://www.erlang.org/doc/apps/stdlib/unicode_usage.html#unicode-filenames',
  ],
  examples: [
    {
      title: 'no locale at all',
      on: 'assets',
      bad: `
        -- Dockerfile: ENV LANG=C.UTF-8 --
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bookworm-slim
        ^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a locale that nothing generates',
      on: 'assets',
      bad: `
        -- Dockerfile: ENV LANG=C.UTF-8 --
        ENV LANG=en_US.UTF-8
            ^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'generated and not chosen',
      on: 'assets',
      good: `
        -- Dockerfile: USER nobody --
        RUN apt-get install -y locales && sed -i 's/^# en_US/en_US/' /etc/locale.gen && locale-gen
        USER nobody`,
      bad: `
        -- Dockerfile: ENV LANG=C.UTF-8 --
        -- Dockerfile: RUN apt-get install -y locales && sed -i 's/^# en_US/en_US/' /etc/locale.gen && locale-gen --
        RUN apt-get install -y locales && sed -i 's/^# en_US/en_US/' /etc/locale.gen && locale-gen
                                                                                        ^^^^^^^^^^`,
    },
  ],
  checkImage: localeMissing,
  *check(project) {
    for (const deployment of project.deployments) {
      const { ships } = deployment
      const runner = runnerOf(deployment)
      if (!ships || runner.kind !== 'known' || copiesLibraries(ships)) continue
      const { image } = runner.value
      if (!/^(debian|ubuntu)$/.test(imageNameOf(image).repository) || isTold(deployment, project)) continue
      const found = against(ships, deployment, image)
      if (found) yield { ...found, certainty: 'likely' }
    }
  },
})

function against(ships: BuiltStage, deployment: Deployment, image: string): Finding | undefined {
  const chosen = localeOf(ships, deployment)
  if (chosen === 'unknown') return undefined
  const steps = lineageOf(ships).flatMap((stage) => stage.steps)
  if (chosen === undefined) {
    const made = steps.find(({ command }) => command.kind === 'program' && generators.test(command.name))
    if (made)
      return { message: 'a locale is generated, and no variable chooses it', span: made.span, related: made.via }
    const builder = deployment.build?.stages[deployment.release?.step.stage ?? -1]
    const there = builder?.env('LANG')
    if (typeof deployment.runs !== 'string') return undefined
    const place = there?.kind === 'known' && builder !== ships ? there.trail[0] : undefined
    const message = place
      ? '`LANG` is set where the release is built, and not where it runs'
      : `nothing sets \`LANG\`, and \`${image}\` has no locale of its own`
    return { message, span: ships.stage.from.span, related: place ? [place] : [] }
  }
  const { name, value, span } = chosen
  const isUtf = /\.utf-?8(@|$)/i.test(value)
  if (isUtf && /^(C|POSIX)\./.test(value)) return undefined
  const message = isUtf
    ? `\`${name}\` is \`${value}\`, and nothing generates that locale`
    : `\`${name}\` is \`${value}\`, which is no locale of UTF-8`
  return isUtf && steps.some(mayGenerate) ? undefined : { message, span }
}

const generators = /^(locale-gen|localedef)$/

/** Whether a step makes locales, or may. */
function mayGenerate({ command }: BuiltStage['steps'][number]): boolean {
  if (command.kind !== 'program') return command.kind === 'unknown'
  if (generators.test(command.name) || /\.sh$|^xargs$/.test(command.name)) return true
  return (
    command.argv.some((word) => word === undefined || /^(locales-all|language-pack-.*)$|^locales$/.test(word)) &&
    !isPlainInstall(command.argv)
  )
}

/** The package `locales` alone generates nothing unless it is configured. */
const isPlainInstall = (argv: readonly (string | undefined)[]) =>
  /^apt/.test(argv[0] ?? '') && argv.every((word) => word !== undefined && !/^(locales-all|language-pack-)/.test(word))

interface Locale {
  readonly name: string
  readonly value: string
  readonly span: Finding['span']
}

/** The locale that the app starts with; undefined where none is set: the images of Debian and Ubuntu have none. */
function localeOf(ships: BuiltStage, { server, service, span }: Deployment): Locale | 'unknown' | undefined {
  for (const name of ['LC_ALL', 'LC_CTYPE', 'LANG']) {
    const value = server?.env(name) ?? service?.given.get(name) ?? ships.env(name)
    if (value.kind === 'known' && value.value !== '')
      return { name, value: value.value, span: value.trail.at(-1)?.span ?? span }
    // `ENV LANG=$LOCALE` is empty where nobody gives the argument.
    if (declares(ships, name)) return 'unknown'
    if (value.kind === 'unknown' && (value.isSet || service?.given.has(name))) return 'unknown'
  }
  return undefined
}

const declares = (ships: BuiltStage, name: string): boolean =>
  lineageOf(ships).some(({ stage }) =>
    stage.instructions.some((one) => one.keyword === 'ENV' && one.pairs.some((pair) => pair.name === name)),
  )

/** Whether Erlang or a script of the release is told of UTF-8 in another way. */
function isTold({ server, environment, release }: Deployment, { tree }: Project): boolean {
  const lookup = server?.env ?? environment.get
  const flags = flagVariables.map(lookup)
  if (flags.some((value) => value.kind === 'known' && value.value.includes('+fnu'))) return true
  const folder = posix.join(release?.app?.folder ?? '', 'rel/')
  return besideCode(tree).some(
    ({ path, text }) => path.startsWith(folder) && /^[^\S\n\r\u2028\u2029]*\+fnu|\b(LANG|LC_ALL|LC_CTYPE)=/m.test(text),
  )
}
