import { parseEnvFile } from '../../languages/dotenv/parse.ts'
import type { Shown } from '../../masking/shown.ts'
import type { StackEnvironment } from '../../model/env/variable.ts'
import { unset } from '../../text/known.ts'
import { containerName, type EnvOptions } from './env.ts'
import { remarkOn } from './remarks.ts'

/**
 * The environments as an env file that Compose reads back to the same values: one part for each container, under its
 * name. What is not known is a comment.
 */
export function envDotenv({ containers }: Shown<StackEnvironment>, options: EnvOptions): string {
  const parts = containers.map((container) => {
    const lines = [...container.effective.values()].map((variable) => {
      const { value } = variable
      if (value.kind === 'known') return lineOf(variable.name, value.value)
      const why = value.kind === 'unknown' ? value.why : 'it is not set'
      return `# ${variable.name}: ${oneLine(remarkOn(variable) ?? why)}`
    })
    return [`# ${oneLine(containerName(container, options))}`, ...lines, ''].join('\n')
  })
  return parts.join('\n')
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** `NAME=value`, quoted only where it must be; a comment where an env file cannot hold the value. */
function lineOf(name: string, value: string): string {
  const double = value
    .replace(/[\\"$]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  const lines = [
    ...(plain.test(value) ? [value] : []),
    `'${value}'`,
    `"${double}"`,
    `"${double.replaceAll('\\$', '$$$$')}"`,
    `'${value.replaceAll("'", "\\'")}'`,
    value,
  ]
  const line = lines.map((text) => `${name}=${text}`).find((text) => readsAs(text, name, value))
  return line ?? `# ${name}: its value cannot be written in an env file`
}

const plain = /^[\w.,:/@%+=-]*$/

function readsAs(line: string, name: string, value: string): boolean {
  const { entries, problems } = parseEnvFile({ path: '', text: `${line}\nEND=1\n` }, { lookup: () => unset() })
  const [entry, end] = entries
  return (
    problems.length === 0 &&
    entries.length === 2 &&
    end?.name === 'END' &&
    entry?.name === name &&
    entry.value.kind === 'known' &&
    entry.value.value === value
  )
}
