import { moduleName } from '../../languages/elixir/syntax/module-name.ts'
import type { Boot, BootRead } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { behindStops } from '../../model/facts/boots.ts'
import { compiledVariables } from '../../model/facts/compiled-variables.ts'
import { type ConfigUse, configUse } from '../../model/facts/config-use.ts'
import { isOfMissing } from '../../model/facts/crashes.ts'
import { frozenKeys, keyName, readOf, suspects } from '../../model/facts/frozen-key.ts'
import { exportedInVain } from '../../model/facts/named-elsewhere.ts'
import type { Project } from '../../model/project/project.ts'
import { isFlagOfOtherPlatform } from '../../model/shipping/platforms.ts'
import type { Finding, Label } from '../../text/diagnostic.ts'
import { readAtStart } from '../edits/to-runtime.ts'
import { defineRule } from '../rule.ts'

/** Facts about the build itself, which belong into it. */
const buildFacts =
  /(^|_)(GIT|SHA|SHA1|COMMIT|REVISION|REV|VCS|REF|BRANCH|BUILD|BUILT|VERSION|VSN|RELEASE_NAME|RELEASE_DATE|COMPILED_AT|TAG|SOURCE|MIX|HEX)(_|$)|^(HOME|PATH|PWD|EDITOR|(\w+_)?RELEASE|TARGET(ARCH|OS|PLATFORM|VARIANT)?)$/

export default defineRule({
  id: 'compile-time-env',
  gotcha: 'runtime-config',
  severity: 'error',
  fix: 'unsafe',
  noFix:
    'only an option of `config` that has no variable of its script and no comment beside it can move into runtime.exs by itself',
  summary: 'an environment variable is read when the release is built, not when it starts',
  incident:
    'The right value is set on the server, and the release goes on with what the build machine had: mostly nothing.',
  remedy: 'Read the variable in runtime.exs, where the release asks for it at each start',
  why: `\`config/config.exs\` and what it imports, such as \`config/prod.exs\`, are evaluated when the release is built.
What they read is frozen into the release. \`config/runtime.exs\` is evaluated each time the release starts.`,
  links: [
    'https://hexdocs.pm/elixir/Config.html',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-runtime-configuration',
  ],
  examples: [
    {
      title: 'an API key in prod.exs',
      on: 'phoenix',
      good: `
        -- lib/shop_web/endpoint.ex --
        (removed)
        -- config/config.exs: config :logger, level: :info --
        import_config "#{config_env()}.exs"
        -- config/prod.exs --
        import Config
        config :logger, level: :info
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY")
        -- lib/shop/mailer.ex --
        defmodule Shop.Mailer do
          use Swoosh.Mailer, otp_app: :shop
        end`,
      bad: `
        -- config/runtime.exs --
        (removed)
        -- config/prod.exs: + --
        config :shop, Shop.Mailer, api_key: System.get_env("MAIL_API_KEY")
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a module attribute',
      on: 'phoenix',
      good: `
        -- lib/shop/mailer.ex --
        defmodule Shop.Mailer do
          def sender, do: System.get_env("MAIL_SENDER")
        end`,
      bad: `
        -- lib/shop/mailer.ex: def sender, do: System.get_env("MAIL_SENDER") --
        @sender System.get_env("MAIL_SENDER")
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        def sender, do: @sender`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { release, runs } = deployment
      if (deployment.boot === undefined || release === undefined || runs === 'mix') continue
      const stop = deployment.boot.build && stopOf(deployment.boot)
      // What stops the start hides what it would set behind that.
      const boot = stop ? deployment.boot : (behindStops(deployment.boot) ?? deployment.boot)
      if (stop)
        yield {
          message: `the build stops: \`${stop.name}\` is required when the release is built, and is not set there`,
          why: 'Nobody gets an image: Mix stops while it reads the config.',
          remedy: 'Read it in runtime.exs, where the server gives it',
          span: stop.span,
          related: [
            { span: release.step.span, text: 'the release is built here' },
            ...exportedInVain(deployment, stop.name),
          ],
          ...mendingOf(stop, stoppedIn(project, deployment, boot, stop), deployment, project),
          // Whoever builds may hand it in.
          ...(declares(deployment, 'ARG', stop.name) ? { severity: 'warning', certainty: 'likely' } : {}),
        }
      const last = new Map(boot.reads.flatMap((read) => (read.during === 'build' ? [[read.name, read]] : [])))
      const reads = [...last.values()].filter(
        (read) => !stop && !isOfBuild(read.name, project) && !isMeant(read, deployment),
      )
      for (const read of suspects(boot, reads)) {
        const frozen = frozenIn(project, deployment, boot, read)
        if (frozen === undefined) continue
        const own = readOf(frozen.path, read, boot)
        yield {
          ...findingFor(own, frozen, deployment, boot),
          ...mendingOf(own, frozen, deployment, project),
        }
      }
      yield* attributesOf(project, deployment)
    }
  },
})

/** The variable that config.exs requires and the build does not have, where that ends the build. */
const stopOf = ({ build, reads }: Boot): BootRead | undefined =>
  build?.outcome.kind === 'crash' && isOfMissing(build.outcome.error.type)
    ? reads.findLast((read) => read.during === 'build' && read.required && read.value.kind === 'unset')
    : undefined

/** Whether a variable is a fact about the build, or the flag of a platform that has no part in it. */
const isOfBuild = (name: string, { tree }: Project) => buildFacts.test(name) || isFlagOfOtherPlatform(name, tree)

/** Module attributes that hold a variable of the build for good. */
function* attributesOf(project: Project, deployment: Deployment): Iterable<Finding> {
  const { release } = deployment
  for (const { module, attribute, call, variable } of compiledVariables(project.code)) {
    const value = release?.step.env(variable)
    if (!value || isOfBuild(variable, project) || isMeant({ name: variable, value }, deployment)) continue
    yield {
      message: `\`@${attribute}\` of \`${module}\` keeps what \`${variable}\` is when the code is compiled`,
      span: call.span,
      related: release ? [{ span: release.step.span, text: 'the release is built here' }] : [],
      ...(value.kind === 'known' || isHandedIn(variable, deployment)
        ? { severity: 'warning', certainty: 'likely' }
        : {}),
    }
  }
}

/**
 * Whether the build is meant to decide: it takes the variable as an ARG and no ENV shows it to those who set it later, or
 * the container has the same value.
 */
function isMeant({ name, value }: Pick<BootRead, 'name' | 'value'>, deployment: Deployment): boolean {
  const later = deployment.boot?.environment(name)
  const isArg = declares(deployment, 'ARG', name) && !isHandedIn(name, deployment)
  return isArg || (value.kind === 'known' && later?.kind === 'known' && later.value === value.value)
}

/** Whether a build argument is handed on as a variable of the same name: `ARG API_URL`, `ENV API_URL=$API_URL`. */
const isHandedIn = (name: string, deployment: Deployment): boolean =>
  declares(deployment, 'ARG', name) && declares(deployment, 'ENV', name)

/** Whether the stages that the release is built in, or what stands before them, set a variable in this way. */
function declares({ dockerfile, release }: Deployment, keyword: 'ARG' | 'ENV', name: string): boolean {
  const stage = release?.step.stage
  return (
    dockerfile?.instructions.some(
      (one) =>
        one.keyword === keyword &&
        (one.stage === undefined || stage === undefined || one.stage <= stage) &&
        one.pairs.some((pair) => pair.name === name),
    ) === true
  )
}

/** A key that a variable of the build decides, and that what runs uses. */
interface Frozen {
  readonly path: readonly string[]
  readonly key: string
  readonly use: Exclude<ConfigUse, { kind: 'unused' }>
}

/** The key that a read decides, by who uses it: one that surely is, before one that may be. */
function frozenIn(project: Project, { app }: Deployment, boot: Boot, read: BootRead): Frozen | undefined {
  const found = frozenKeys(boot, read).flatMap((path): readonly Frozen[] => {
    if (isSetBehindStop(boot, path)) return []
    const use = app && configUse(project, app, boot, path, read.name)
    return use === undefined || use.kind === 'unused' ? [] : [{ path, key: keyName(path), use }]
  })
  return found.find(({ use }) => use.kind === 'frozen') ?? found[0]
}

/** Whether runtime.exs writes the name of a key behind what stops it, so that without that it may set the key. */
function isSetBehindStop({ runtime }: Boot, path: readonly string[]): boolean {
  if (runtime === undefined || runtime.outcome.kind === 'ok') return false
  const { source, end } = runtime.outcome.kind === 'crash' ? runtime.outcome.error.span : runtime.outcome.span
  const name = moduleName(path.at(-1) ?? '')
  return new RegExp(`(?<![\\w.])${name.replace(/\W/g, '\\$&')}(?!\\w)`).test(source.text.slice(end))
}

function findingFor(read: BootRead, { key, use }: Frozen, deployment: Deployment, boot: Boot): Finding {
  const { release } = deployment
  const related: Label[] = release
    ? [{ span: release.step.span, text: `the release is built here, and \`${key}\` is frozen into it` }]
    : []
  if (read.value.kind === 'known' || isHandedIn(read.name, deployment)) {
    return {
      message: `\`${key}\` keeps the value that \`${read.name}\` has when the release is built`,
      why: 'One image is for one environment: setting the variable on the server changes nothing.',
      span: read.span,
      related: [...related, ...read.value.trail],
      severity: 'warning',
      certainty: 'likely',
    }
  }
  const sure = read.value.kind === 'unset' && boot.doubt === undefined && use.kind === 'frozen'
  const unless = use.kind === 'maybe' ? ` unless ${use.by} asks for it again` : ''
  return {
    message: `\`${read.name}\` is read when the release is built, where it is not set; setting it on the server changes nothing${unless}`,
    span: read.span,
    related: [...related, ...exportedInVain(deployment, read.name)],
    ...(sure ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

/** The key that a read decides which stops the build: what would be frozen if the build had the variable. */
function stoppedIn(project: Project, deployment: Deployment, boot: Boot, read: BootRead): Frozen | undefined {
  const passed = boot.givenAtBuild(new Map([[read.name, 'docker-gotchas']]))
  return passed?.settled ? frozenIn(project, deployment, passed, read) : undefined
}

/** The fix for a read, or why there is none. */
function mendingOf(
  read: BootRead,
  frozen: Frozen | undefined,
  deployment: Deployment,
  project: Project,
): Pick<Finding, 'fixes' | 'noFix'> {
  if (frozen === undefined) return {}
  return frozen.use.kind === 'frozen' && frozen.use.compiled
    ? { noFix: keptInCode(frozen, read) }
    : { fixes: readAtStart(read, deployment.app, project) }
}

/** Why a key that the code reads while it is compiled does not move into runtime.exs. */
const keptInCode = ({ key }: Frozen, { name }: BootRead): string =>
  `the code reads \`${key}\` by \`Application.compile_env\`, so a release that had another value at its start would refuse to boot: read it by \`Application.get_env\` where it is used, or give \`${name}\` to the build`
