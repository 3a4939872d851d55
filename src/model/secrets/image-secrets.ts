import { scriptText } from '../../languages/dockerfile/script.ts'
import type { Dockerfile, Instruction, Pair, RunInstruction } from '../../languages/dockerfile/types.ts'
import { parseShell } from '../../languages/shell/parse.ts'
import { withoutTags } from '../../languages/shell/template.ts'
import type { SimpleCommand } from '../../languages/shell/types.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'
import type { WrittenSecret } from './env-file-secrets.ts'
import { secretIn } from './secret-look.ts'

/** A secret that is written out in a Dockerfile. */
export interface ImageSecret extends WrittenSecret {
  readonly instruction: Instruction
  /** `ENV` and `ARG` keep it in the image's config and history, `RUN` in the history, `COPY` in a file. */
  readonly by: 'ENV' | 'ARG' | 'RUN' | 'COPY'
}

/** The secrets of a Dockerfile, in all of its stages. */
export const secretsOfDockerfile = oncePer(({ instructions }: Dockerfile): readonly ImageSecret[] =>
  instructions.flatMap(secretsOfInstruction),
)

function secretsOfInstruction(instruction: Instruction): readonly ImageSecret[] {
  switch (instruction.keyword) {
    case 'ENV':
    case 'ARG':
      return instruction.pairs.flatMap((pair) => ofPair(pair, instruction, instruction.keyword))
    case 'RUN':
      return [
        ...commandsOf(instruction)
          .flatMap(ofCommand)
          .map((secret) => ({ ...secret, instruction, by: 'RUN' as const })),
        ...instruction.heredocs.flatMap((heredoc) => inText(heredoc.bodySpan, instruction, 'RUN')),
      ].filter((one, index, all) => all.findIndex((other) => other.value.start === one.value.start) === index)
    case 'COPY':
    case 'ADD':
      return instruction.files.flatMap((file) => inText(file.bodySpan, instruction, 'COPY'))
    case 'ONBUILD':
      return secretsOfInstruction(instruction.trigger)
    default:
      return []
  }
}

function ofPair(pair: Pair, instruction: Instruction, by: 'ENV' | 'ARG'): readonly ImageSecret[] {
  if (pair.valueSpan === undefined) return []
  const value = unquoted(pair.valueSpan)
  return found(pair.name, value, pair.span, instruction, by)
}

/** Inside of the quotes, where there are any. */
function unquoted(at: Span): Span {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(textOf(at))
  return quoted ? span(at.source, at.start + 1, at.end - 1) : at
}

function found(
  name: string,
  value: Span,
  whole: Span,
  instruction: Instruction,
  by: ImageSecret['by'],
): readonly ImageSecret[] {
  return secretAt(name, value, whole).map((secret) => ({ ...secret, instruction, by }))
}

function secretAt(name: string, value: Span, whole: Span): readonly WrittenSecret[] {
  const part = secretIn(name, textOf(value))
  if (part === undefined) return []
  return [{ name, span: whole, value: span(value.source, value.start + part.start, value.start + part.end) }]
}

/** The commands of a RUN in shell form. */
function commandsOf(instruction: RunInstruction): readonly SimpleCommand[] {
  const { command } = instruction
  if (command.form === 'exec') return []
  return parseShell(command.span.source, command.script.start, scriptText(command)).commands
}

const ofCommand = (command: SimpleCommand): readonly WrittenSecret[] => [
  ...command.assignments.flatMap((one) => (one.value ? secretAt(one.name, unquoted(one.value.span), one.span) : [])),
  ...command.words.flatMap((word) => writtenIn(word.span)),
]

/** A secret that is written out in a shell script. */
export interface ShellSecret extends WrittenSecret {
  /** Whether the script uses it whatever happens. */
  readonly always: boolean
}

/** The secrets of a shell script, or of a template of one. */
export const secretsOfShell = (source: Source): readonly ShellSecret[] =>
  parseShell(source, 0, withoutTags(source.text)).commands.flatMap((command) =>
    ofCommand(command).map((secret) => ({ ...secret, always: command.runs === 'always' })),
  )

const assignment = /(?<![\w$@-])([A-Za-z_][A-Za-z\d_]*)=("([^"\n]*)"|'([^'\n]*)'|[^\s"'\\]+)/g
const address = /(?<![\w+.-])[a-z][\w+.-]{0,30}:\/\/[^\s/:@?#"']*:[^\s/@"']+@[^\s"']+/gi

/** The secrets of `NAME=value` and of addresses with a password somewhere in a text. */
export function writtenIn(at: Span): readonly WrittenSecret[] {
  const text = textOf(at)
  const place = (start: number, end: number) => span(at.source, at.start + start, at.start + end)
  const assigned = [...text.matchAll(assignment)].flatMap((match) => {
    const [whole, name = '', written = ''] = match
    const start = match.index + name.length + 1
    const value = unquoted(place(start, start + written.length))
    return secretAt(name, value, place(match.index, match.index + whole.length))
  })
  const addresses = [...text.matchAll(address)].flatMap((match) => {
    const whole = place(match.index, match.index + match[0].length)
    return secretAt('', whole, whole)
  })
  const taken = (one: WrittenSecret) =>
    assigned.some((other) => other.value.start <= one.value.start && one.value.end <= other.value.end)
  return [...assigned, ...addresses.filter((one) => !taken(one))]
}

const inText = (at: Span, instruction: Instruction, by: ImageSecret['by']): readonly ImageSecret[] =>
  writtenIn(at).map((secret) => ({ ...secret, instruction, by }))
