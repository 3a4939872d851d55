import type { Command } from '../call/command.ts'
import type { Flag } from '../call/flags.ts'
import { flagsOf, operandsOf, quoted, valuesOf } from './words.ts'

/** The completions for zsh: a function for `_arguments` (zshcompsys). */
export function zshCompletions(commands: readonly Command[], ids: readonly string[]): string {
  const parts = commands.map((command) => {
    const specs = flagsOf(command).flatMap((flag) => specsOf(flag, ids))
    const words = operandsOf(command, ids)
    const rest = words.length > 0 ? `'*: :(${words.join(' ')})'` : `'*:file:_files'`
    return `    ${command.name}) _arguments -s ${[...specs, rest].join(' \\\n      ')} ;;`
  })
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`)
  return `#compdef docker-gotchas
# Completions of docker-gotchas for zsh.
_docker-gotchas() {
  local -a commands
  commands=(
${described.join('\n')}
    'help:say more about a command'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${parts.join('\n')}
    help) _describe command commands ;;
  esac
}

if [[ $funcstack[1] == _docker-gotchas ]]; then _docker-gotchas "$@"; else compdef _docker-gotchas docker-gotchas; fi
`
}

/** The specifications of a flag for \`_arguments\`: one for its name, one for its letter. */
function specsOf(flag: Flag, ids: readonly string[]): readonly string[] {
  const { name, short, value, many, summary } = flag
  const given = valuesOf(flag, ids)
  const action = given === 'file' ? '_files' : given === 'any' ? ' ' : `(${given.words.join(' ')})`
  const told = `[${summary.replace(/[\\[\]:]/g, '\\$&')}]`
  const takes = value === undefined ? '' : `:${value.replace(/[\\[\]:]/g, '\\$&')}:${action}`
  const repeats = many ? '*' : ''
  return [
    quoted(`${repeats}--${name}${value === undefined ? '' : '='}${told}${takes}`),
    ...(short === undefined ? [] : [quoted(`${repeats}-${short}${told}${takes}`)]),
  ]
}
