import { environmentOf } from '../../languages/dockerfile/scope.ts'
import type { CommandLine } from '../../languages/dockerfile/types.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { type Span, span, wholeOf } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { isSecretName } from '../secrets/secret-look.ts'
import type { Image } from './image.ts'

/** What the config of an image has that the stage which ships does not say, and the other way round. */
export function* configDifferences(image: Image, { ships, dockerfile }: Deployment): Iterable<Finding> {
  if (ships === undefined || dockerfile === undefined) return
  const built = image.deployment.ships
  for (const name of environmentOf(dockerfile, ships.stage).keys()) {
    const ours = ships.env(name)
    if (ours.kind !== 'known') continue
    const theirs = built?.env(name)
    if (theirs?.kind === 'known' && theirs.value === ours.value) continue
    const shown = (value: string) => (isSecretName(name) ? '' : `\`${value}\``)
    const place = ours.trail.at(-1)?.span
    yield {
      message:
        theirs?.kind === 'known'
          ? `\`${name}\` is another value in the image${isSecretName(name) ? '' : `: ${shown(theirs.value)}, and not ${shown(ours.value)}`}`
          : `the image has no \`${name}\`, which the Dockerfile sets`,
      span: lineOf(image, `ENV ${name}=`),
      related: place ? [{ span: place, text: 'the Dockerfile says this' }] : [],
    }
  }
  yield* commandDifference(image, 'ENTRYPOINT', ships.entrypoint, built?.entrypoint)
  yield* commandDifference(image, 'CMD', ships.cmd, built?.cmd)
  const user = ships.user?.text
  if (user !== undefined && !user.includes('$') && user !== (image.saved.config.user ?? '')) {
    const theirs = image.saved.config.user
    yield {
      message: theirs
        ? `the image runs as \`${theirs}\`, and not as \`${user}\``
        : `the image has no \`USER\`, and the Dockerfile says \`${user}\``,
      span: lineOf(image, 'USER '),
      related: ships.user ? [{ span: ships.user.span, text: 'the Dockerfile says this' }] : [],
    }
  }
}

function* commandDifference(
  image: Image,
  keyword: 'CMD' | 'ENTRYPOINT',
  ours: CommandLine | undefined,
  theirs: CommandLine | undefined,
): Iterable<Finding> {
  const words = argvOf(ours)
  const others = argvOf(theirs)
  if (ours === undefined || words === undefined || (others && same(words, others))) return
  yield {
    message: theirs
      ? `\`${keyword}\` of the image is not that of the Dockerfile`
      : `the image has no \`${keyword}\`, and the Dockerfile has one`,
    span: lineOf(image, `${keyword} `),
    related: [{ span: ours.span, text: 'the Dockerfile says this' }],
  }
}

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((word, index) => word === other[index])

/** The words of a command; those of a shell form where it stands on one line without continuations. */
function argvOf(command: CommandLine | undefined): readonly string[] | undefined {
  if (command === undefined) return undefined
  if (command.form === 'exec') return command.argv.map((word) => word.text)
  const { start, end } = command.script
  const text = command.span.source.text.slice(start, end)
  return text.includes('\n') ? undefined : ['/bin/sh', '-c', text]
}

/** The line of the image's config that begins with `text`, or its first line. */
function lineOf({ config }: Image, text: string): Span {
  const at = config.text.search(new RegExp(`^${text.replace(/[^\w= ]/g, '\\$&')}.*`, 'm'))
  if (at < 0) return span(config, 0, /^.*/.exec(config.text)?.[0].length ?? 0)
  const end = config.text.indexOf('\n', at)
  return end < 0 ? wholeOf(config) : span(config, at, end)
}
