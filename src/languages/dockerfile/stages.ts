import { unreadFrom } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { type Known, unknown } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import { expandKnown, expandWord, type KnownLookup } from './expand.ts'
import { type BuildArgs, globalVariables, noBuildArgs } from './globals.ts'
import type { Dockerfile, Instruction, Stage, Word } from './types.ts'

/** What a stage starts from. */
export type Base =
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** An image, or `scratch`, or a named context of the build. */
  | { readonly kind: 'image'; readonly image: Known<string> }

/**
 * What `stage` starts from, where the variables of its FROM have the values of `buildArgs` and of the global ARGs. Of
 * stages that differ by a value which only the build knows (`FROM builder-${TARGETARCH}`) it is that for amd64, else
 * the last.
 */
export function baseOf(dockerfile: Dockerfile, stage: Stage, buildArgs: BuildArgs = noBuildArgs): Base {
  const known = bases.get(stage) ?? new WeakMap<BuildArgs, Base>()
  bases.set(stage, known)
  const base = known.get(buildArgs) ?? readBase(dockerfile, stage, buildArgs)
  known.set(buildArgs, base)
  return base
}

const bases = new WeakMap<Stage, WeakMap<BuildArgs, Base>>()

function readBase(dockerfile: Dockerfile, stage: Stage, buildArgs: BuildArgs): Base {
  if (stage.unread && stage.base.text === '') return { kind: 'image', image: unknown(unreadFrom(stage.unread)) }
  const variables = globalVariables(dockerfile, buildArgs)
  const image = expandKnown(stage.base.text, variables, dockerfile.escape)
  const found =
    image.kind === 'known'
      ? (lastNamed(dockerfile, image.value, stage.index) ??
        oneOfVariants(dockerfile, stage, variables) ??
        misspeltStage(dockerfile, image.value, stage))
      : oneOfVariants(dockerfile, stage, variables)
  return found ? { kind: 'stage', stage: found } : { kind: 'image', image }
}

const platform = new Map(
  Object.entries({ OS: 'linux', ARCH: 'amd64', PLATFORM: 'linux/amd64' }).flatMap(([part, value]) =>
    ['TARGET', 'BUILD'].map((whose): [string, string] => [`${whose}${part}`, value]),
  ),
)

/** The earlier stage whose name a FROM gives, whatever its variables without a value stand for. */
function oneOfVariants(dockerfile: Dockerfile, { base, index }: Stage, variables: KnownLookup): Stage | undefined {
  const { text } = base
  if (!/^[\w.${}-]*$/.test(text) || !text.includes('$')) return undefined
  const named = (lookup: (name: string) => string | undefined) => expandWord(text, lookup, dockerfile.escape).result
  const given = (name: string) => {
    const value = variables(name)
    return value.kind === 'known' ? value.value : undefined
  }
  const usual = named((name) => given(name) ?? platform.get(name))
  const found = usual === undefined ? undefined : lastNamed(dockerfile, usual, index)
  if (found) return found
  const [before, after, more] = (named((name) => given(name) ?? '\u0000') ?? '').split('\u0000')
  if (before === undefined || after === undefined || more !== undefined || `${before}${after}` === '') return undefined
  return dockerfile.stages
    .slice(0, index)
    .findLast(({ name }) => name?.startsWith(before.toLowerCase()) && name.endsWith(after.toLowerCase()))
}

/** The stage that `stage` starts from; undefined where that is an image. */
export function baseStageOf(
  dockerfile: Dockerfile,
  stage: Stage,
  buildArgs: BuildArgs = noBuildArgs,
): Stage | undefined {
  const base = baseOf(dockerfile, stage, buildArgs)
  return base.kind === 'stage' ? base.stage : undefined
}

/**
 * The stage that `--from=reference` means: a name in any case, or an index. With `user`, the stage in which it is
 * used, only earlier stages count. Undefined where it is an image or a named context.
 */
export function stageNamed(dockerfile: Dockerfile, reference: string, user?: Stage): Stage | undefined {
  const before = user?.index ?? dockerfile.stages.length
  if (!/^[+-]?\d+$/.test(reference)) return lastNamed(dockerfile, reference, before)
  const index = Number(reference)
  return index < before ? dockerfile.stages[index] : undefined
}

/**
 * The earlier stage that a name most likely means which is neither that of a stage nor of an image of Docker Hub. Docker
 * stops there; what hangs on it is looked at as if it were mended.
 */
export function misspeltStage(dockerfile: Dockerfile, reference: string, user: Stage): Stage | undefined {
  const { stages } = dockerfile
  // A name that ends so lacks the value of a variable; one or two letters are near to anything.
  if (!isNoImageOfHub(reference) || /^\d+$|[-_.]$|^..?$/.test(reference)) return undefined
  const names = [...namesIn(stages)].filter(([, [first]]) => first !== undefined && first.index < user.index)
  if (names.length > mostNames) return undefined
  const near = nearest(
    reference,
    names.map(([name]) => name),
  )
  return near === undefined ? undefined : lastNamed(dockerfile, near, user.index)
}

/** Of more stages nobody can say which one is meant. */
const mostNames = 100

/** The stages of each name, in their order. */
const namesIn = oncePer((stages: readonly Stage[]): ReadonlyMap<string, readonly Stage[]> => {
  const byName = new Map<string, Stage[]>()
  for (const stage of stages) {
    if (stage.name === undefined) continue
    const same = byName.get(stage.name)
    if (same) same.push(stage)
    else byName.set(stage.name, [stage])
  }
  return byName
})

function lastNamed({ stages }: Dockerfile, name: string, before: number): Stage | undefined {
  const same = namesIn(stages).get(name.toLowerCase()) ?? []
  let low = 0
  let high = same.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((same[middle]?.index ?? 0) < before) low = middle + 1
    else high = middle
  }
  return same[low - 1]
}

/** What BuildKit would say against the names and indices of stages that the instructions refer to. */
export function checkReferences(dockerfile: Dockerfile): readonly Problem[] {
  const problems: Problem[] = []
  const said = new Set<string>()
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === 'FROM') continue
    const stage = instruction.stage === undefined ? undefined : dockerfile.stages[instruction.stage]
    for (const word of stage ? referencesOf(instruction) : []) {
      if (!stage || stageNamed(dockerfile, word.text, stage)) continue
      const message = againstReference(dockerfile, word, instruction.keyword === 'COPY')
      if (message !== undefined) problems.push({ span: word.span, message })
    }
  }
  for (const stage of dockerfile.stages) {
    const image = expandKnown(stage.base.text, globalVariables(dockerfile, noBuildArgs), dockerfile.escape)
    const problem =
      stage.base.text === '' || image.kind !== 'known' ? undefined : againstBase(dockerfile, stage, image.value)
    if (problem === undefined || said.has(stage.base.text)) continue
    problems.push({ span: stage.base.span, ...problem })
    // Of a build argument that is missing one FROM tells.
    if (problem.certainty === 'likely') said.add(stage.base.text)
  }
  return problems
}

function againstBase(dockerfile: Dockerfile, { base, index }: Stage, image: string): Omit<Problem, 'span'> | undefined {
  // Neither a name without a tag behind its `:` nor one without a name in front of it is a reference.
  if (image === '' || (base.text.includes('$') && /^[:@]|[:@]$/.test(image))) {
    const what = image === '' ? 'empty' : `no image but \`${image}\``
    const asked = dockerfile.globalArgs.some(({ pairs }) => pairs.some(({ name }) => base.text.includes(name)))
    return asked
      ? { message: `\`${base.text}\` is ${what} unless a build argument is given`, certainty: 'likely' }
      : { message: `\`${base.text}\` is ${what}: no \`ARG\` before the first \`FROM\` declares it` }
  }
  const named = image === image.toLowerCase() ? undefined : lastNamed(dockerfile, image, index)
  return named && { message: `\`FROM\` finds the stage only as \`${named.name}\`, in lower case` }
}

function referencesOf(instruction: Instruction): readonly Word[] {
  if (instruction.keyword === 'COPY') return instruction.from ? [instruction.from] : []
  if (instruction.keyword === 'RUN') return instruction.mounts.flatMap((mount) => (mount.from ? [mount.from] : []))
  return []
}

function againstReference(dockerfile: Dockerfile, { text }: Word, byIndex: boolean): string | undefined {
  if (byIndex && /\$./.test(text)) return '`--from` takes no variables: name a stage `FROM` that image instead'
  const number = /^[+-]?\d+$/.test(text)
  if (number && byIndex && !dockerfile.stages[Number(text)]) return `there is no stage ${text}`
  const later = number && !byIndex ? undefined : stageNamed(dockerfile, text)
  return later && `the stage \`${text}\` is not built before this one`
}

/** The images that Docker Hub has under a name alone (docker-library/official-images, `library/`), those that are gone among them. */
const official = new Set(
  `adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash
  bonita buildpack-deps busybox caddy cassandra centos chronograf cirros clearlinux clefos clojure composer consul
  convertigo couchbase couchdb crate crux dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch
  elixir emqx erlang express-gateway fedora flink fluentd friendica fsharp gazebo gcc geonetwork ghost golang gradle
  groovy haproxy haskell haxe hello-seattle hello-world hitch hola-mundo hylang ibmjava influxdb irssi jenkins jetty
  jobber joomla jruby julia kaazing-gateway kapacitor kibana known kong krakend lightstreamer liquibase logstash
  mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats nats-streaming
  neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty openjdk open-webui opensuse oraclelinux
  orientdb percona perl photon php php-zendserver phpmyadmin plone postfixadmin postgres power-server pypy python r-base
  rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust
  sapmachine satosa scala scratch silverpeas sl solr sonarqube sourcemage spark spiped storm swarm swift swipl
  teamspeak telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart unit valkey varnish vault
  websphere-liberty wordpress xwiki yourls znc zookeeper`.split(/\s+/),
)

/** Whether a name without a tag can only be that of a stage, or of an image that somebody has made here. */
export const isNoImageOfHub = (name: string): boolean => /^[\w.-]+$/.test(name) && !official.has(name.toLowerCase())
