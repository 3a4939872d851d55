import type { Masking } from '../masking/masking.ts'
import type { BootOptions } from '../report/boot/boot.ts'
import type { BootReading, ReadBootsOptions } from '../workspace/boots/read.ts'
import type { OpenOptions } from '../workspace/options.ts'
import type { Command } from './call/command.ts'
import type { Call, Flag } from './call/flags.ts'
import { outsideFlag } from './call/outside.ts'
import { settingsFlags } from './call/settings-flags.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, hasColour, type Io, say, widthOf } from './io/io.ts'
import { refused } from './io/refused.ts'

const formats = ['tty', 'json', 'markdown'] as const

const flags: readonly Flag[] = [
  { name: 'format', value: 'FORMAT', choices: formats, fallback: 'tty', summary: 'how to print' },
  { name: 'env', short: 'e', value: 'K=V', many: true, summary: 'a variable of the container, as `docker run -e`' },
  { name: 'env-file', value: 'FILE', many: true, summary: 'variables of the container, from a file' },
  { name: 'build-env', value: 'K=V', many: true, summary: 'a variable that the build of the release has' },
  { name: 'from-environment', summary: "take this shell's variables" },
  { name: 'only-given', summary: 'take exactly the variables that flags give, nothing from Dockerfile or compose' },
  { name: 'mix-env', value: 'ENV', summary: 'the MIX_ENV of the release (default: what the build says, else prod)' },
  { name: 'service', value: 'NAME', many: true, summary: 'this service only' },
  { name: 'why', value: 'KEY', summary: 'where one value of the config comes from' },
  { name: 'write-env-example', summary: 'write .env.example: every variable and where it is read' },
  { name: 'show-secrets', summary: 'print secrets as they are' },
  { name: 'file', short: 'f', value: 'FILE', many: true, summary: 'a compose file, as `docker compose -f`' },
  { name: 'profile', value: 'NAME', many: true, summary: 'as `docker compose --profile`' },
  { name: 'project-directory', value: 'PATH', summary: 'as `docker compose --project-directory`' },
  outsideFlag,
  ...settingsFlags,
]

/** Says what the release will do when it starts. */
export const boot: Command = {
  name: 'boot',
  summary: 'say what the release will do when it starts',
  operands: '[PATH]',
  description: [
    'PATH is a folder (default: .), a compose file or a Dockerfile. A folder with nothing but config/ will do.',
    'The config is evaluated as Elixir does it, under the environment that reaches each service of the compose file, or',
    'the image alone: does it boot, where does it listen, under which URL, what does it log, which variables does it read.',
    '`boots` is meant up to the listener; the database is not asked. mix.lock decides where versions differ.',
    'A file of --env-file is read as Compose reads an `env_file` for a service, and as `docker run` does for an image.',
    'Exit codes: 0 clean · 1 a service surely crashes or does not listen · 2 the call is wrong · 3 docker-gotchas failed',
  ],
  flags,
  examples: [
    { call: 'docker-gotchas boot', does: 'say what each service in this folder will do' },
    { call: 'docker-gotchas boot --service web --env-file prod.env', does: 'try one service with other variables' },
    { call: 'docker-gotchas boot --why MyAppWeb.Endpoint.url.host', does: 'show where a value comes from' },
    { call: 'docker-gotchas boot --only-given -e PORT=4000', does: 'start it with these variables and no other' },
    { call: 'docker-gotchas boot --write-env-example', does: 'write down every variable that the app reads' },
  ],
  run: runBoot,
}

async function runBoot(call: Call, io: Io): Promise<ExitCode> {
  const [path, extra] = call.operands
  if (extra !== undefined) return callIsWrong(io, `\`${extra}\` is one too many`, 'boot')
  const [{ openOptionsOf }, { readBoots }, { pathFrom }, { resolve }] = await Promise.all([
    import('./call/options.ts'),
    import('../workspace/boots/read.ts'),
    import('../workspace/paths.ts'),
    import('node:path'),
  ])
  const options = openOptionsOf(call, io)
  if (options.kind === 'wrong') return refused(options, io, 'boot')
  const read = await readBoots(path ?? '.', io, { ...options.value, ...givenOf(call, options.value) })
  if (read.kind === 'wrong') return refused(read, io, 'boot')
  const reading = read.value
  const [{ bootPage }, { surelyFail }, { maskingOfBoots, showBoots }, { noMasking }] = await Promise.all([
    import('../model/outcome/page.ts'),
    import('../model/outcome/outcome.ts'),
    import('../masking/boots.ts'),
    import('../masking/masking.ts'),
  ])
  const style: BootOptions = {
    colour: hasColour(io.env, io.stdout),
    width: widthOf(io.stdout),
    shown: (source) => (/^(--|\()/.test(source) ? source : pathFrom(io.cwd, resolve(reading.root, source))),
  }
  const raw = { pages: reading.outcomes.map(bootPage), notes: reading.notes }
  const reads = reading.outcomes.flatMap(({ boot }) => boot.reads)
  const masking = call.has('show-secrets') ? noMasking : maskingOfBoots(raw, { ...reading.secrets, reads })
  const pages = showBoots(raw, masking)
  if (call.has('write-env-example')) {
    const { writeEnvExample } = await import('./io/env-example.ts')
    const written = await writeEnvExample(pages, reading.root, style, io)
    if (written.kind === 'wrong') return refused(written, io, 'boot')
    say(io.stdout, `wrote ${style.shown(written.value)}`)
    return reading.unreadable ? exit.failure : exit.clean
  }
  const key = call.one('why')
  if (key !== undefined) return printWhy(key, reading, masking, style, call, io)
  io.stdout.write((await printerOf(call.one('format')))(pages, style))
  if (reading.unreadable) return exit.failure
  return surelyFail(reading.outcomes) ? exit.findings : exit.clean
}

/** What the flags say of the environment. `--env-file` means the container here, and not Compose. */
const givenOf = (call: Call, { compose }: OpenOptions): Pick<ReadBootsOptions, 'compose' | 'given' | 'services'> => ({
  compose: { ...compose, envFiles: undefined },
  services: call.all('service'),
  given: {
    env: call.all('env'),
    buildEnv: call.all('build-env'),
    envFiles: call.all('env-file'),
    fromEnvironment: call.has('from-environment'),
    onlyGiven: call.has('only-given'),
    mixEnv: call.one('mix-env'),
  },
})

async function printerOf(format: string | undefined) {
  if (format === 'json') return (await import('../report/boot/json.ts')).bootJson
  if (format === 'markdown') return (await import('../report/boot/markdown.ts')).bootMarkdown
  return (await import('../report/boot/tty.ts')).bootTty
}

async function printWhy(
  key: string,
  reading: BootReading,
  masking: Masking,
  options: BootOptions,
  call: Call,
  io: Io,
): Promise<ExitCode> {
  const [{ whyOf }, { bootPage }, { showAnswers }, { whyText, whyJson }, { startedOf }] = await Promise.all([
    import('../model/boot/why.ts'),
    import('../model/outcome/page.ts'),
    import('../masking/boots.ts'),
    import('../report/boot/why.ts'),
    import('../report/boot/boot.ts'),
  ])
  const answers = startedOf(
    reading.outcomes.map((outcome) => ({ ...bootPage(outcome), why: whyOf(key, outcome.boot) })),
  )
  if (answers.every(({ why }) => why.paths.length === 0)) {
    const near = answers.flatMap(({ why }) => why.near ?? [])[0]
    const hint = near === undefined ? '' : `; did you mean \`${masking.text(near)}\`?`
    return callIsWrong(io, `the config has no key \`${key}\`${hint}`, 'boot')
  }
  const shown = showAnswers(
    answers.map(({ why, ...page }) => ({ page, paths: why.paths })),
    masking,
  )
  io.stdout.write(call.one('format') === 'json' ? whyJson(key, shown, options) : whyText(key, shown, options))
  return reading.unreadable ? exit.failure : exit.clean
}
