import type { EnvVariable } from '../../model/env/variable.ts'
import type { Label } from '../../text/diagnostic.ts'

/** What is to be said of a variable, in a sentence; undefined where all is well. */
export function remarkOn({ name, mark, default: instead, meant }: EnvVariable): string | undefined {
  switch (mark) {
    case 'missing':
      return `the app stops without \`${name}\`, and nobody gives it`
    case 'expected':
      return `the app stops without \`${name}\`, and nobody here gives it`
    case 'absent':
      return `the app reads \`${name}\`, and nobody here gives it`
    case 'default':
      return `the app takes \`${instead}\` where \`${name}\` is not set`
    case 'unread':
      return `nothing here reads \`${name}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`
    default:
      return undefined
  }
}

/** Who reads a variable and what is to be said of it, each at its place. */
export function remarksOn(variable: EnvVariable): readonly Label[] {
  const remark = remarkOn(variable)
  const place = variable.reads[0]?.span ?? variable.value.trail.at(-1)?.span
  return [...variable.reads, ...(remark !== undefined && place ? [{ span: place, text: remark }] : [])]
}
