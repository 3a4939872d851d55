import { posix } from 'node:path'
import type { Boot } from '../../model/boot/boot.ts'
import { placeOf } from '../../model/boot/trail.ts'
import { subjectOf } from '../../model/facts/boots.ts'
import { type BootStop, isLevel, isMissing, stopOf } from '../../model/facts/crashes.ts'
import { type LostSecret, lostSecretOf, type SecretOfScript, secretsOfScripts } from '../../model/facts/lost/secrets.ts'
import { meantOfLibrary } from '../../model/phoenix/library-modules.ts'
import type { Project } from '../../model/project/project.ts'
import { isSecretName } from '../../model/secrets/secrets.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { sameSpan, span, textOf } from '../../text/source.ts'
import { calledAt } from '../called.ts'
import { meantInstead } from '../edits/slip.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'runtime-config-broken',
  gotcha: 'runtime-config',
  severity: 'error',
  stops: false,
  fix: 'safe',
  noFix: 'what was meant here is yours to say',
  ofImages: true,
  summary: '`config/runtime.exs` does something that a release cannot do',
  incident: 'The release stops at its start, before anything listens, and again at each restart.',
  remedy: 'Write runtime.exs so that it needs neither Mix nor files that the release lacks',
  why: `A release evaluates \`runtime.exs\` without Mix and without the files of the project: \`Mix.env()\` does not exist there,
\`import_config\` finds nothing, and \`config\` is only known after \`import Config\`. On the machine of the developer, where
Mix runs, some of it works. \`config_env()\` tells the environment in both.`,
  links: [
    'https://hexdocs.pm/elixir/Config.html#config_env/0',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-runtime-configuration',
  ],
  examples: [
    {
      title: 'Mix.env() in runtime.exs',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true`,
      bad: `
        -- config/runtime.exs: if config_env() == :prod do --
        if Mix.env() == :prod do
           ^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'import_config in runtime.exs',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true
        config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY")`,
      bad: `
        -- config/runtime.exs: config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY") --
        import_config "secrets.exs"
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      for (const one of secretsOfScripts(deployment)) yield withoutSecretInScript(one, subjectOf(deployment))
      const stop = stopOf(deployment)
      const { boot } = deployment
      for (const { error } of boot?.crashes.filter(asksMixSometimes) ?? []) {
        yield {
          message: `${subjectOf(deployment)} stops at its start wherever this line is reached: a release has no Mix`,
          span: error.span,
          fixes: fixesOf(error),
          severity: 'warning',
        }
      }
      const secret = stop && lostSecretOf(stop, deployment)
      if (stop && secret) yield withoutSecret(secret, stop, subjectOf(deployment))
      if (!stop || !boot || secret || isMissing(boot, stop.crash) || isOfAnother(stop, project)) continue
      const { crash, culprit } = stop
      const { error } = crash
      if (culprit && culprit.read.value.kind !== 'unset') {
        const { name, value, span: at } = culprit.read
        const place = placeOf(value.trail)
        const isHarmless = !isSecretName(name) && !/URL|URI|DSN/.test(name)
        yield {
          message: `${subjectOf(deployment)} stops at its start: ${value.kind === 'known' && isHarmless ? `\`${value.value}\` of \`${name}\`` : `the value of \`${name}\``} ${refusalOf(error, isHarmless)}`,
          span: place?.span ?? at,
          related: [
            ...value.trail.filter(
              (label, index, all) =>
                label !== place &&
                !sameSpan(label.span, at) &&
                all.findIndex((one) => sameSpan(one.span, label.span)) === index,
            ),
            { span: at, text: `\`${name}\` is read here` },
            { span: error.span, text: `\`${error.type}\`` },
          ],
          remedy: `Give \`${name}\` a value that the config takes`,
        }
        continue
      }
      if (culprit) continue
      yield {
        message: `${subjectOf(deployment)} stops at its start: ${reasonOf(stop)}`,
        span: error.span,
        fixes: fixesOf(error),
        ...(lacksTools(error) ? {} : { remedy: 'Correct this line: the release evaluates it at each start' }),
        ...(isOdd(stop) ? { severity: 'warning', certainty: 'likely' } : {}),
      }
    }
  },
})

function withoutSecret({ path, name, near, read }: LostSecret, { crash }: BootStop, subject: string): Finding {
  const { span: at } = crash.error
  return {
    message: `${subject} stops at its start: it reads \`${path}\`, and has no secret \`${name}\`${meant(near)}`,
    why: 'The release stops before anything listens: Compose mounts the secrets that a service names, and no others.',
    remedy: `Name \`${name}\` under \`secrets:\` of the service, or give it the path of the secret that it has`,
    span: (read && placeOf(read.value.trail)?.span) ?? at,
    related: [
      ...(read ? [{ span: read.span, text: `\`${read.name}\` is read here` }] : []),
      ...(read ? [{ span: at, text: 'the file is read here' }] : []),
    ],
  }
}

/** A script goes on where another command, such as `export`, hides that there is no such file. */
function withoutSecretInScript({ path, near, step, goesOn }: SecretOfScript, subject: string): Finding {
  const name = posix.basename(path)
  const what = goesOn ? 'starts without a value' : 'stops at its start'
  return {
    message: `${subject} ${what}: its script reads \`${path}\`, and it has no secret \`${name}\`${meant(near)}`,
    why: 'Compose mounts the secrets that a service names, and no others.',
    remedy: `Name \`${name}\` under \`secrets:\` of the service, or give it the path of the secret that it has`,
    span: step.span,
    related: step.via,
    ...(goesOn ? { severity: 'warning' } : { stops: true }),
  }
}

/** How the script says no: in its own words, where they tell no secret. */
function refusalOf({ span: at, message }: Stopped, isHarmless: boolean): string {
  const words = message.replace(/\s+/g, ' ').replaceAll('`', "'").trim()
  const isOwn = /^raise\b/.test(textOf(at)) && isHarmless && words !== '' && words.length <= longestWords
  return isOwn ? `raises \`${words}\`` : `is none that \`${calledAt(at)}\` takes`
}

const longestWords = 160

type Stopped = Boot['crashes'][number]['error']

const asksMix = ({ cause }: Stopped): boolean => cause?.kind === 'no-function' && cause.key.startsWith('Mix.')

const lacksConfig = ({ cause }: Stopped): boolean => cause?.kind === 'no-import' && cause.key.startsWith('config/')

/** Whether it is Mix that a release lacks, or a file. */
const lacksTools = (error: Stopped): boolean =>
  asksMix(error) ||
  (error.cause?.kind === 'no-module' && error.cause.module === 'Mix.Config') ||
  /^(import_config|Code\.)/.test(textOf(error.span))

/** Whether a release stops because it calls Mix, on a way that a condition decides on which does not ask for Mix. */
const asksMixSometimes = ({ during, certainty, error, guards }: Boot['crashes'][number]): boolean =>
  during === 'boot' &&
  certainty === 'maybe' &&
  asksMix(error) &&
  !guards.some(({ span: at }) => /\bMix\b/.test(textOf(at).split(/\bdo\b/)[0] ?? ''))

/** What another rule says, or what depends on files that are mounted at the start. */
function isOfAnother(stop: BootStop, { elixir }: Project): boolean {
  const { crash, culprit } = stop
  const { type, cause, span: at } = crash.error
  if (cause?.kind === 'no-function' && cause.key.startsWith('System.get_env!/')) return true
  if ((elixir.get(at.source.path)?.problems.length ?? 0) > 0) return true
  if (culprit?.read.value.kind === 'known' && (culprit.read.value.value === '' || isLevel(stop))) return true
  return (
    /^(File|Code\.Load)/.test(type) && !/^(import_config|Code\.)/.test(textOf(at)) && !/["']config\//.test(textOf(at))
  )
}

function reasonOf({ crash }: BootStop): string {
  const { type, cause, span: at } = crash.error
  if (cause?.kind === 'no-function')
    return asksMix(crash.error)
      ? `\`${cause.key}\` is called, and a release has no Mix`
      : `\`${cause.key}\` does not exist${meant(slipIn(crash.error))}`
  if (lacksConfig(crash.error)) return '`config` is called without `import Config`'
  if (cause?.kind === 'no-import') return `\`${cause.key}\` is not defined`
  if (cause?.kind === 'no-module' && cause.module === 'Mix.Config')
    return '`use Mix.Config` is part of Mix, which a release does not have'
  if (cause?.kind === 'no-module') return `there is no module \`${cause.module}\`${meant(meantOfLibrary(cause.module))}`
  if (/^import_config/.test(textOf(at))) return '`import_config` finds no file in a release'
  if (/^Code\./.test(textOf(at))) return `\`${calledAt(at)}\` loads a file that is not in the release`
  return `\`${calledAt(at)}\` raises \`${type}\``
}

/** A function that a later version may have. */
const isOdd = ({ crash: { error } }: BootStop): boolean =>
  error.type === 'UndefinedFunctionError' &&
  !asksMix(error) &&
  !(error.cause?.kind === 'no-function' && !error.cause.hasModule)

/** The module that was meant by one that there is not. */
const slipIn = ({ cause }: Stopped): string | undefined =>
  cause?.kind === 'no-function' ? meantOfLibrary(moduleIn(cause.key)) : undefined

const moduleIn = (key: string): string => key.replace(/\.[^.]*$/, '')

/** What is called at a place, without its arguments. */

function fixesOf(error: Stopped): readonly Fix[] {
  const { span: at } = error
  if (textOf(at) === 'Mix.env()' || textOf(at) === 'Mix.env')
    return [
      {
        title: 'Ask `config_env()`, which a release knows as well',
        safety: 'safe',
        edits: [{ span: at, text: 'config_env()' }],
      },
    ]
  if (textOf(at) === 'use Mix.Config')
    return [
      {
        title: 'Import Config, which a release knows as well',
        safety: 'safe',
        edits: [{ span: at, text: 'import Config' }],
      },
    ]
  if (!lacksConfig(error)) return slipFixes(error)
  return [
    {
      title: 'Import Config',
      safety: 'safe',
      edits: [{ span: span(at.source, 0, 0), text: 'import Config\n\n' }],
    },
  ]
}

/** The fixes of a slip in the name of a module. */
function slipFixes(error: Stopped): readonly Fix[] {
  const { cause, span: at } = error
  if (cause?.kind === 'no-module') return meantInstead(at, cause.module, meantOfLibrary(cause.module))
  return cause?.kind === 'no-function' ? meantInstead(at, moduleIn(cause.key), slipIn(error)) : []
}
