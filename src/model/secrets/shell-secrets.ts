import { parseShell } from '../../languages/shell/parse.ts'
import { withoutTags } from '../../languages/shell/template.ts'
import type { SimpleCommand, Word } from '../../languages/shell/types.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'
import { secretAt, unquoted, type WrittenSecret, writtenIn } from './written.ts'

/** A secret that is written out in a shell script. */
export interface ShellSecret extends WrittenSecret {
  /** Whether the script uses it whatever happens. */
  readonly always: boolean
}

/** The secrets of a shell script, or of a template of one. */
export const secretsOfShell = (source: Source): readonly ShellSecret[] =>
  secretsOfCommands(source, 0, withoutTags(source.text))

/** The secrets of the commands in `text`, which stands in the source at `start`. */
export const secretsOfCommands = (source: Source, start: number, text: string): readonly ShellSecret[] =>
  parseShell(source, start, text)
    .commands.flatMap((command) =>
      secretsOfCommand(command, 0).map((one) => ({ ...one, always: command.runs === 'always' })),
    )
    .filter((one, index, all) => all.findIndex(({ value }) => value.start === one.value.start) === index)

const deepest = 3

function secretsOfCommand(command: SimpleCommand, depth: number): readonly WrittenSecret[] {
  const { assignments, words, redirects } = command
  const values = assignments.flatMap(({ value }) => value ?? [])
  const inner = depth < deepest ? innerScript(words) : undefined
  const puts = [...values, ...words, ...redirects.flatMap(({ target }) => target ?? [])].flatMap(putsOf)
  return [
    ...assignments.flatMap(({ name, value, span: at }) =>
      value ? secretAt(name, unquoted(value.span), at, puts) : [],
    ),
    ...(inner ? secretsOfInner(inner, depth) : writtenIn(reachOf(command), puts)),
    ...redirects.flatMap(({ body }) => (body ? writtenIn(body, puts) : [])),
  ]
}

/** The words of a command as one text. */
function reachOf({ words, span: at }: SimpleCommand): Span {
  const [first, last] = [words[0]?.span, words.at(-1)?.span]
  return first && last ? span(at.source, first.start, last.end) : span(at.source, at.start, at.start)
}

/** What a shell puts something in the place of. */
const putsOf = ({ parts }: Word): readonly Span[] =>
  parts.flatMap((part) => (part.kind === 'literal' || part.kind === 'glob' ? [] : [part.span]))

/** The script of `sh -c '…'`, which is read by another shell. */
function innerScript(words: readonly Word[]): Word | undefined {
  const flag = words.findIndex(({ literal }) => literal !== undefined && /^-[a-z]*c$/.test(literal))
  const isShell = words
    .slice(0, flag)
    .some(({ literal }) => /^(\/(usr\/)?bin\/)?((ba|da|a|z|k)?sh|su|runuser)$/.test(literal ?? ''))
  return flag > 0 && isShell ? words[flag + 1] : undefined
}

function secretsOfInner(word: Word, depth: number): readonly WrittenSecret[] {
  const at = unquoted(word.span)
  return parseShell(at.source, at.start, textOf(at)).commands.flatMap((command) => secretsOfCommand(command, depth + 1))
}
