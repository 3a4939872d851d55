import { posix } from 'node:path'
import { type Known, known, unknown } from '../../../text/known.ts'
import { type Source, type Span, span } from '../../../text/source.ts'
import { mapsAt, scalarAt, scalarsOf, textAt } from '../../compose/service/values.ts'
import type { NamedText, TracedText } from '../../compose/service-types.ts'
import { loadYaml } from '../../yaml/load.ts'
import { mapAt, type ScalarNode, valueAt, type YamlMap } from '../../yaml/node.ts'
import type { CalledBuild, PlatformFile } from '../types.ts'
import { buildsInScript, platformsIn, type WrittenBuild } from './docker-build.ts'

/** The builds that workflows of GitHub and GitLab call for. */
export const readWorkflows = (sources: readonly Source[]): readonly PlatformFile[] =>
  sources.map((source) => ({
    platform: 'workflow',
    path: source.path,
    calls: [],
    builds: loadYaml(source).documents.flatMap(({ root }) => (root.kind === 'map' ? buildsIn(root, source) : [])),
    damage: undefined,
    leftOut: [],
  }))

function buildsIn(root: YamlMap, source: Source): readonly CalledBuild[] {
  const jobs = mapAt(root, 'jobs')
  const home = posix.dirname(source.path).replace(/(^|\/)\.github\/workflows$|^\.$/, '')
  return [...(jobs ?? root).entries.values()].flatMap(({ key, value }): readonly CalledBuild[] => {
    if (value.kind !== 'map') return []
    const job: Job = { root, map: value, subject: `the image of the job \`${key}\``, home }
    return jobs ? buildsOfGithub(job) : buildsOfGitlab(job)
  })
}

interface Job {
  /** The whole workflow. */
  readonly root: YamlMap
  readonly map: YamlMap
  readonly subject: string
  /** The root of the repository. */
  readonly home: string
}

/** The steps of a job that build: the action of Docker, and shell lines (docker/build-push-action, "inputs"). */
function buildsOfGithub(job: Job): readonly CalledBuild[] {
  const steps = mapsAt(job.map, 'steps')
  if (steps.some(checksOutElsewhere)) return []
  const scripts = steps.map((step) => ({ step, run: scalarAt(step, 'run') }))
  const pushes = scripts.some(({ run }) => run !== undefined && buildsInScript(run).pushes)
  return scripts.flatMap(({ step, run }) => {
    const uses = textAt(step, 'uses') ?? ''
    const given = mapAt(step, 'with')
    if (/^docker\/build-push-action(@|$)/.test(uses))
      return made(byAction(step, given), job, { folder: job.home, isAction: true })
    if (run === undefined) return []
    const folder = folderOfStep(step, job)
    return folder === undefined
      ? []
      : buildsInScript(run).builds.flatMap((build) =>
          made({ ...build, isPushed: build.isPushed || pushes }, job, { folder, isAction: false }),
        )
  })
}

/** Whether the sources come from elsewhere, or to another place. */
const checksOutElsewhere = (step: YamlMap): boolean => {
  const given = mapAt(step, 'with')
  const isCheckout = /^actions\/checkout(@|$)/.test(textAt(step, 'uses') ?? '')
  return isCheckout && given !== undefined && ['path', 'repository'].some((key) => valueAt(given, key) !== undefined)
}

function folderOfStep(step: YamlMap, { root, map, home }: Job): string | undefined {
  const defaults = [map, root].map((one) => mapAt(mapAt(one, 'defaults') ?? one, 'run'))
  const own = [step, ...defaults].map((one) => one && textAt(one, 'working-directory')).find((one) => one !== undefined)
  return own?.includes('${{') ? undefined : posix.join(home, own ?? '')
}

function byAction(step: YamlMap, given: YamlMap | undefined): WrittenBuild {
  const at = (key: string) => {
    const node = given && scalarAt(given, key)
    return node && node.text !== '' ? textFor(node) : undefined
  }
  const push = given && textAt(given, 'push')
  const tags = given && scalarAt(given, 'tags')
  const platforms = at('platforms')
  const args = given && scalarAt(given, 'build-args')
  return {
    context: at('context'),
    file: at('file'),
    target: at('target'),
    args: args ? linesOf(args).flatMap(argOf) : [],
    platforms: platforms ? platformsIn(platforms) : [],
    tags: tags ? linesOf(tags).flatMap(({ text }) => (text.includes('${{') ? [] : text.split(','))) : [],
    isPushed: push !== undefined && push !== 'false',
    span: scalarAt(step, 'uses')?.span ?? step.span,
  }
}

interface RunLine {
  readonly text: string
  readonly span: Span
}

/** The lines of a text, with their places where they are written as they are. */
function linesOf(node: ScalarNode): readonly RunLine[] {
  const { source, start, end } = node.inner
  return [...source.text.slice(start, end).matchAll(/[^\n]+/g)].flatMap(({ 0: line, index }) => {
    const text = line.trim()
    const from = start + index + line.indexOf(text)
    return text === '' ? [] : [{ text, span: span(source, from, from + text.length) }]
  })
}

function argOf({ text, span: at }: RunLine): readonly NamedText[] {
  const [, name = ''] = /^["']?(\w+)=/.exec(text) ?? []
  if (name === '') return []
  const from = at.start + text.indexOf('=') + 1
  const nameSpan = span(at.source, from - 1 - name.length, from - 1)
  const label = { span: nameSpan, text: `\`${name}\` is given here` }
  const value = text.slice(text.indexOf('=') + 1)
  return [{ name, nameSpan, span: span(at.source, from, at.end), value: { ...expressed(value), trail: [label] } }]
}

const expressed = (text: string): Known<string> =>
  text.includes('${{') ? { ...unknown('it is known when the workflow runs'), isSet: true } : known(text)

const textFor = (node: ScalarNode): TracedText => ({ value: expressed(node.text), span: node.span })

/** The lines of `script` of a job of GitLab that build. Variables of the runner are not known. */
function buildsOfGitlab(job: Job): readonly CalledBuild[] {
  const scripts = ['before_script', 'script'].flatMap((key) => scalarsOf(valueAt(job.map, key))).map(buildsInScript)
  const pushes = scripts.some((one) => one.pushes)
  return scripts
    .flatMap(({ builds }) => builds)
    .flatMap((build) =>
      made({ ...build, isPushed: build.isPushed || pushes }, job, { folder: job.home, isAction: false }),
    )
}

/** A build whose files are known. The action takes the repository as its context where nothing is said. */
function made(
  written: WrittenBuild,
  { subject }: Job,
  { folder, isAction }: { readonly folder: string; readonly isAction: boolean },
): readonly CalledBuild[] {
  const { context, file, span: at } = written
  if (context === undefined && !isAction) return []
  const inside = contextIn(context)
  if (inside === undefined || file?.value.kind === 'unknown') return []
  const root = posix.join(folder, inside)
  if (root.startsWith('..')) return []
  const path = file?.value.kind === 'known' ? file.value.value : undefined
  const isRemote = isAction && (context === undefined || /^\{\{/.test(textIn(context)))
  const dockerfile = path === undefined ? posix.join(root, 'Dockerfile') : posix.join(isRemote ? root : folder, path)
  return [
    {
      subject,
      context: { folder: root === '.' ? '' : root.replace(/\/$/, ''), span: context?.span ?? at },
      dockerfile: { path: dockerfile, span: file?.span ?? context?.span ?? at },
      target: written.target,
      args: written.args,
      platforms: written.platforms,
      isPushed: written.isPushed,
      tags: written.tags,
      span: at,
    },
  ]
}

const textIn = ({ value }: TracedText): string => (value.kind === 'known' ? value.value : '')

/** The folder that a context is, from where it is named; undefined for one that is not known, or no folder. */
function contextIn(context: TracedText | undefined): string | undefined {
  if (context === undefined) return ''
  if (context.value.kind !== 'known') return undefined
  const { value } = context.value
  const below = /^\{\{ *defaultContext *\}\}(?::(.*))?$/.exec(value)
  if (below) return below[1] ?? ''
  return /^(https?:|git@|-$|\/)|\$|\{\{/.test(value) ? undefined : value
}
