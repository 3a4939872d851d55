import { type Known, known, unknown } from '../../../text/known.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import type { NamedText, TracedText } from '../../compose/service-types.ts'
import { parseShell, parseShellText } from '../../shell/parse.ts'
import type { ShellScript, SimpleCommand, Word } from '../../shell/types.ts'
import type { ScalarNode } from '../../yaml/node.ts'

/** What a call of `docker build` says, as it is written. */
export interface WrittenBuild {
  readonly context: TracedText | undefined
  readonly file: TracedText | undefined
  readonly target: TracedText | undefined
  readonly args: readonly NamedText[]
  readonly platforms: readonly TracedText[]
  readonly tags: readonly string[]
  readonly isPushed: boolean
  readonly span: Span
}

/** The calls of `docker build` in the shell text of a step. Expressions of the runner are not known. */
export function buildsInScript(node: ScalarNode): {
  readonly builds: readonly WrittenBuild[]
  readonly pushes: boolean
} {
  const { commands } = scriptOf(node)
  return {
    builds: commands.flatMap((command) => buildOf(command) ?? []),
    pushes: commands.some(
      ({ words }) => words[0]?.literal === 'docker' && words.some(({ literal }) => literal === 'push'),
    ),
  }
}

/** A text with a variable for each `${{ … }}`, as long as that is. */
const withoutExpressions = (text: string): string =>
  text.replace(/\$\{\{.*?\}\}/gs, (found) => `$${'_'.repeat(found.length - 1)}`)

function scriptOf(node: ScalarNode): ShellScript {
  const { source, start, end } = node.inner
  const written = source.text.slice(start, end)
  // The lines of a block are indented, which is nothing to a shell.
  return written.includes('\n')
    ? parseShell(source, start, withoutExpressions(written))
    : parseShellText(withoutExpressions(node.text), node.span)
}

function buildOf({ words, span: at }: SimpleCommand): WrittenBuild | undefined {
  const literals = words.map(({ literal }) => literal)
  if (!/^(.*\/)?(docker|podman|nerdctl)$/.test(literals[0] ?? '')) return undefined
  const first = literals[1] === 'buildx' || literals[1] === 'image' ? 2 : 1
  return literals[first] === 'build' ? readWords(words.slice(first + 1), at) : undefined
}

const withValue =
  /^(-[ftmco]|--(file|tag|target|build-arg|secret|platform|network|cache-from|cache-to|label|progress|output|ssh|build-context|builder|iidfile|metadata-file|add-host|memory|attest|annotation|allow|shm-size|ulimit|cpuset-cpus|cgroup-parent|isolation|format|sbom|provenance))$/

function readWords(words: readonly Word[], at: Span): WrittenBuild {
  const options: { readonly name: string; readonly value: Word; readonly offset: number }[] = []
  const operands: Word[] = []
  const flags = new Set<string>()
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]
    if (word === undefined) continue
    const written = word.literal ?? textOf(word.span).replace(/^["']/, '')
    const equals = /^(--[\w-]+)=/.exec(written)
    const next = words[index + 1]
    if (equals?.[1] !== undefined) options.push({ name: equals[1], value: word, offset: equals[0].length })
    else if (withValue.test(written) && next) {
      options.push({ name: written, value: next, offset: 0 })
      index += 1
    } else if (/^-./.test(written)) flags.add(written)
    else operands.push(word)
  }
  const all = (...names: readonly string[]) => options.filter(({ name }) => names.includes(name))
  const last = (...names: readonly string[]) =>
    all(...names)
      .map(textFor)
      .at(-1)
  const isPushed =
    flags.has('--push') || all('--output', '-o').some(({ value }) => /push=true|registry/.test(value.literal ?? ''))
  const [context] = operands
  return {
    context: context && textFor({ value: context, offset: 0 }),
    file: last('--file', '-f'),
    target: last('--target'),
    args: all('--build-arg').map(argFor),
    platforms: all('--platform').flatMap((one) => platformsIn(textFor(one))),
    tags: all('--tag', '-t').flatMap(({ value, offset }) => value.literal?.slice(offset) ?? []),
    isPushed,
    span: at,
  }
}

interface Option {
  readonly value: Word
  /** Where the value begins in the word. */
  readonly offset: number
}

const notKnown = (at: Span): Known<string> => ({
  ...unknown('it is known when the workflow runs', [{ span: at, text: 'it is given here' }]),
  isSet: true,
})

function textFor({ value: { literal, span: at }, offset }: Option): TracedText {
  const place = inside(at, offset)
  return literal === undefined
    ? { value: notKnown(place), span: place }
    : { value: known(literal.slice(offset)), span: place }
}

/** The place behind so many characters, where the word is written as it is. */
const inside = (at: Span, offset: number): Span => (offset === 0 ? at : span(at.source, at.start + offset, at.end))

/** A build argument, whose name is written even where its value is not known. */
function argFor({ value: { literal, span: at }, offset }: Option): NamedText {
  const text = (literal ?? textOf(at).replace(/^["']/, '')).slice(offset)
  const [name = ''] = text.split('=')
  const nameSpan = inside(at, offset)
  const hasValue = text.includes('=')
  const isKnown = literal !== undefined && hasValue
  const label = { span: nameSpan, text: `\`${name}\` is given here` }
  return {
    name,
    nameSpan,
    span: hasValue ? inside(at, offset + name.length + 1) : nameSpan,
    value: isKnown ? known(text.slice(name.length + 1), [label]) : notKnown(nameSpan),
  }
}

/** The platforms of a list with commas. */
export const platformsIn = ({ value, span: at }: TracedText): readonly TracedText[] =>
  value.kind === 'known'
    ? value.value.split(',').map((one) => ({ value: known(one.trim()), span: at }))
    : [{ value, span: at }]
