import type { Command } from '../call/command.ts'
import { flagsOf, operandsOf, valuesOf } from './words.ts'

/** The completions for bash: `complete -F` with one function. */
export function bashCompletions(commands: readonly Command[], ids: readonly string[]): string {
  const names = [...commands.map(({ name }) => name), 'help']
  const values = commands.flatMap((command) =>
    command.flags.flatMap((flag) => {
      if (flag.value === undefined) return []
      const pattern = [flag.name, flag.short].flatMap((name) =>
        name === undefined ? [] : [`'${command.name} ${name.length === 1 ? '-' : '--'}${name}'`],
      )
      const given = valuesOf(flag, ids)
      const reply =
        given === 'any'
          ? 'return'
          : given === 'file'
            ? '_docker_gotchas_files; return'
            : `words=${listOf(given.words, ids)}`
      return [`    ${pattern.join('|')}) ${reply} ;;`]
    }),
  )
  const flags = commands.map(
    (command) =>
      `      ${command.name}) words='${flagsOf(command)
        .map(({ name }) => `--${name}`)
        .join(' ')}' ;;`,
  )
  const operands = commands.flatMap((command) => {
    const words = operandsOf(command, ids)
    return words.length === 0 ? [] : [`      ${command.name}) words=${listOf(words, ids)} ;;`]
  })
  return `# Completions of docker-gotchas for bash.
_docker_gotchas_rules='${ids.join(' ')}'

_docker_gotchas_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$current"))
}

_docker_gotchas() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names.join(' ')} --help --version' -- "$current"))
    return
  fi
  if [ "$current" = = ]; then current=; elif [ "$before" = = ]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  case "$command $before" in
${values.join('\n')}
  esac
  if [ -z "$words" ] && [[ $current == -* ]]; then
    case $command in
${flags.join('\n')}
    esac
  fi
  if [ -z "$words" ]; then
    case $command in
${operands.join('\n')}
      help) words='${names.join(' ')}' ;;
      *) _docker_gotchas_files; return ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -o filenames -F _docker_gotchas docker-gotchas
`
}

const listOf = (words: readonly string[], ids: readonly string[]): string =>
  words === ids ? '$_docker_gotchas_rules' : `'${words.join(' ')}'`
