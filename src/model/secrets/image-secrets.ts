import { expandWord } from '../../languages/dockerfile/expand.ts'
import { scriptText } from '../../languages/dockerfile/script.ts'
import type { CommandLine, Dockerfile, Escape, Heredoc, Instruction, Pair } from '../../languages/dockerfile/types.ts'
import { oncePer } from '../../text/once.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import { put, secretIn } from './secret-look.ts'
import { secretsOfCommands } from './shell-secrets.ts'
import { unquoted, usualPuts, type WrittenSecret, writtenIn, writtenInWords } from './written.ts'

/** A secret that is written out in a Dockerfile. */
export interface ImageSecret extends WrittenSecret {
  readonly instruction: Instruction
  /**
   * `ENV`, `LABEL` and what the container starts with keep it in the image's config and history, `ARG` and `RUN` in the
   * history, `COPY` in a file.
   */
  readonly by: 'ENV' | 'LABEL' | 'CMD' | 'ENTRYPOINT' | 'HEALTHCHECK' | 'ARG' | 'RUN' | 'COPY'
}

/** The secrets of a Dockerfile, in all of its stages. */
export const secretsOfDockerfile = oncePer((file: Dockerfile): readonly ImageSecret[] =>
  file.instructions.flatMap((instruction) => secretsOfInstruction(instruction, file.escape)),
)

function secretsOfInstruction(instruction: Instruction, escaping: Escape): readonly ImageSecret[] {
  const by = (secrets: readonly WrittenSecret[], keyword: ImageSecret['by']): readonly ImageSecret[] =>
    secrets
      .filter((one, index) => secrets.findIndex(({ value }) => value.start === one.value.start) === index)
      .map((secret) => ({ ...secret, instruction, by: keyword }))
  switch (instruction.keyword) {
    case 'ENV':
    case 'ARG':
    case 'LABEL':
      return by(
        instruction.pairs.flatMap((pair) => ofPair(pair, escaping)),
        instruction.keyword,
      )
    case 'RUN':
      return by(
        [...ofCommand(instruction.command), ...instruction.heredocs.flatMap((heredoc) => ofText(heredoc))],
        'RUN',
      )
    case 'CMD':
    case 'ENTRYPOINT':
      return by(ofCommand(instruction.command), instruction.keyword)
    case 'HEALTHCHECK':
      return by(instruction.command ? ofCommand(instruction.command) : [], 'HEALTHCHECK')
    case 'COPY':
    case 'ADD':
      return by(instruction.files.flatMap(ofText), 'COPY')
    case 'ONBUILD':
      return secretsOfInstruction(instruction.trigger, escaping)
    default:
      return []
  }
}

function ofPair({ name, value = '', span: whole, valueSpan }: Pair, escaping: Escape): readonly WrittenSecret[] {
  if (valueSpan === undefined) return []
  const at = unquoted(valueSpan)
  const part = secretIn(name, textOf(at), expandWord(value, () => put, escaping).result)
  const place = (start: number, end: number): Span => span(at.source, at.start + start, at.start + end)
  if (part) return [{ name, what: `\`${name}\``, span: whole, value: place(part.start, part.end) }]
  return writtenIn(at, usualPuts(at)).map((one) => ({ ...one, span: whole }))
}

const ofCommand = (command: CommandLine): readonly WrittenSecret[] =>
  command.form === 'exec'
    ? writtenInWords(command.argv.map(({ span: word }) => word))
    : secretsOfCommands(command.span.source, command.script.start, scriptText(command))

const ofText = ({ bodySpan }: Heredoc): readonly WrittenSecret[] => writtenIn(bodySpan, usualPuts(bodySpan))
