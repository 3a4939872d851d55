import { posix } from 'node:path'
import { gitLeavesOut } from '../../../files/git-ignored.ts'
import { besideCode, entryAt } from '../../../files/tree.ts'
import { pairKey } from '../../../languages/elixir/values/map.ts'
import type { Value } from '../../../languages/elixir/values/value.ts'
import type { Label } from '../../../text/diagnostic.ts'
import { type Source, type Span, sameSpan, textOf } from '../../../text/source.ts'
import type { Project } from '../../project/project.ts'
import { isForDevelopment } from '../../secrets/env-file-secrets.ts'
import { secretsOfFile } from '../../secrets/file-secrets.ts'
import { secretsOfDockerfile } from '../../secrets/image-secrets.ts'
import { isEnvFile, isSampleEnvFile, isTokenFile } from '../../secrets/secret-files.ts'
import { isRealSecret } from '../../secrets/secret-look.ts'
import { isCookieName, secretIn } from '../../secrets/secrets.ts'
import { secretsOfShell } from '../../secrets/shell-secrets.ts'
import type { WrittenSecret } from '../../secrets/written.ts'
import { developmentWord } from '../../shipping/production.ts'
import { allBootsOf } from '../boots.ts'
import { keyName, literalOf, secretFallbacksOf, textsIn } from './secret-fallbacks.ts'
import { imagesOf, isShipped, looksReal, scriptSecretsOf } from './shipped-secrets.ts'

/** A secret that stands in a file for production, and that nothing in view runs with. */
export interface SourceSecret {
  /** What a sentence calls it. */
  readonly what: string
  readonly span: Span
  /** Why nothing runs with it. */
  readonly related: readonly Label[]
}

/** A secret of a file that holds secrets alone, and the others of that file. */
export interface CommittedSecret extends WrittenSecret {
  readonly others: readonly WrittenSecret[]
}

/** The secrets of env files and of `.npmrc` that git does not ignore: the first of each file, with the others of it. */
export function* secretsOfCommitted({ tree, deployments }: Project): Iterable<CommittedSecret> {
  if (deployments.length === 0) return
  for (const source of besideCode(tree)) {
    const { path } = source
    if (entryAt(tree, path)?.gitIgnored || isSampleEnvFile(path) || !(isEnvFile(path) || isTokenFile(path))) continue
    if (gitLeavesOut(tree, path) || isForDevelopment(source)) continue
    const [first, ...others] = secretsOfFile(source).filter(
      ({ name, value }) => !isCookieName(name) && looksReal(textOf(value)),
    )
    if (first) yield { ...first, others }
  }
}

/** The literals of config scripts for production that something overrides. */
export function overriddenSecrets(project: Project): readonly SourceSecret[] {
  const found: SourceSecret[] = []
  for (const booted of allBootsOf(project)) {
    const { boot } = booted
    const inEffect = [
      ...[...textsIn(boot.config)].flatMap(({ value }) => literalOf(value) ?? []),
      ...secretFallbacksOf(booted).map(({ literal }) => literal),
    ]
    for (const { path, value, span } of boot.writes) {
      for (const { keys, text, place } of literalsIn(value, path)) {
        const key = keys.at(-1) ?? ''
        if (!isForProduction(place.source, project) || /cookie/i.test(key)) continue
        const part = secretIn(key, text)
        if (!part || !isRealSecret(text.slice(part.start, part.end))) continue
        if ([...inEffect, ...found.map((one) => one.span)].some((one) => sameSpan(one, place))) continue
        const winner = boot.writes.findLast(
          (one) => !sameSpan(one.span, span) && keys.slice(0, one.path.length).join('.') === one.path.join('.'),
        )
        const related = winner ? [{ span: winner.span, text: 'this overrides it' }] : []
        found.push({ what: `\`${keyName(keys)}\``, span: place, related })
      }
    }
  }
  return found
}

const deepestKey = 8

/** The literals among the texts of a value, by the keys that lead to them. */
function literalsIn(
  value: Value,
  keys: readonly string[],
  depth = 0,
): readonly { keys: readonly string[]; text: string; place: Span }[] {
  if (depth > deepestKey) return []
  switch (value.kind) {
    case 'binary': {
      const place = literalOf(value)
      return place ? [{ keys, text: value.text, place }] : []
    }
    case 'list':
    case 'tuple': {
      const key = value.kind === 'tuple' ? pairKey(value) : undefined
      const [, item] = value.items
      if (key !== undefined && item) return literalsIn(item, [...keys, key], depth + 1)
      return value.items.flatMap((one) => literalsIn(one, keys, depth + 1))
    }
    case 'map':
      return value.entries.flatMap(([name, item]) => {
        const key = name.kind === 'atom' ? [name.name] : name.kind === 'binary' ? [name.text] : []
        return literalsIn(item, [...keys, ...key], depth + 1)
      })
    case 'oneOf':
      return value.values.flatMap((one) => literalsIn(one, keys, depth + 1))
    default:
      return []
  }
}

/** Whether a config script is for production alone, and in git: config.exs is for all environments. */
export function isForProduction({ path }: Source, { tree }: Project): boolean {
  const name = posix.basename(path)
  return (
    /\.exs$/.test(name) &&
    !/^(config|dev|test)\.exs$/.test(name) &&
    developmentWord(name) === undefined &&
    !gitLeavesOut(tree, path)
  )
}

/** The secrets of what builds the images of production and is not in them: other stages, and scripts that they run. */
export function buildSecrets(project: Project): readonly SourceSecret[] {
  const images = imagesOf(project)
  const shipped = images.flatMap((image) => scriptSecretsOf(image, project).map(({ script }) => script))
  const found: SourceSecret[] = []
  const take = ({ name, what, span, value }: WrittenSecret, related: readonly Label[]) => {
    if (isCookieName(name) || !isRealSecret(textOf(value)) || found.some((one) => sameSpan(one.span, span))) return
    found.push({ what, span, related })
  }
  for (const dockerfile of new Set(images.flatMap(({ deployment }) => deployment.dockerfile ?? []))) {
    const own = images.filter(({ deployment }) => deployment.dockerfile === dockerfile)
    for (const secret of secretsOfDockerfile(dockerfile)) {
      const { instruction } = secret
      const stage = dockerfile.stages.find(({ index }) => index === instruction.stage)
      if (stage?.name !== undefined && developmentWord(stage.name) !== undefined) continue
      if (
        stage === undefined
          ? isTaken(secret.name, dockerfile.instructions, own)
          : own.some((image) => isShipped(image, instruction))
      )
        continue
      take(secret, stage ? [{ span: stage.from.span, text: 'this stage only builds' }] : [])
    }
  }
  for (const {
    deployment: { dockerfile },
  } of images)
    for (const build of project.builds.filter((one) => one.dockerfile === dockerfile))
      for (const script of new Set(build.steps.map(({ span }) => span.source)))
        if (isShellScript(script) && !shipped.includes(script))
          for (const secret of secretsOfShell(script)) take(secret, [])
  return found
}

/** Whether a stage that ships takes a global ARG over. */
const isTaken = (
  name: string,
  instructions: Project['dockerfiles'][number]['instructions'],
  images: ReturnType<typeof imagesOf>,
): boolean =>
  instructions.some(
    (one) =>
      one.keyword === 'ARG' &&
      images.some((image) => isShipped(image, one)) &&
      one.pairs.some((pair) => pair.name === name && pair.value === undefined),
  )

const isShellScript = ({ path, text }: Source): boolean => /\.sh$/.test(path) || text.startsWith('#!')
