import type { Problem } from '../../text/diagnostic.ts'
import { type Joined, spanIn } from './lines.ts'
import type { InstructionFlag, Word } from './parts.ts'
import type { FlagToken } from './tokens.ts'

type FlagKind = 'switch' | 'value' | 'values'

const healthcheckFlags = {
  interval: 'value',
  timeout: 'value',
  'start-period': 'value',
  'start-interval': 'value',
  retries: 'value',
} as const
const copyFlags = { chown: 'value', chmod: 'value', link: 'switch', exclude: 'values' } as const

/** The flags that BuildKit 0.34 knows. ARG and STOPSIGNAL do not look at theirs. */
const flagsByKeyword: Readonly<Record<string, Readonly<Record<string, FlagKind>> | undefined>> = {
  FROM: { platform: 'value' },
  RUN: { mount: 'values', network: 'value', security: 'value', device: 'values' },
  COPY: { ...copyFlags, from: 'value', parents: 'switch' },
  ADD: { ...copyFlags, 'keep-git-dir': 'switch', checksum: 'value', unpack: 'switch' },
  HEALTHCHECK: healthcheckFlags,
}
const unchecked = new Set(['ARG', 'STOPSIGNAL'])

const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/

/** The flag that `token` is. */
export function flagOf(line: Joined, token: FlagToken): InstructionFlag {
  const at = spanIn(line, token.from, token.to)
  const equals = token.text.indexOf('=')
  if (equals < 0) return { name: token.text.slice(2), span: at }
  const first = token.indices[equals + 1]
  const last = token.indices.at(-1)
  const valueSpan =
    first === undefined || last === undefined ? spanIn(line, token.to, token.to) : spanIn(line, first, last + 1)
  return { name: token.text.slice(2, equals), value: token.text.slice(equals + 1), span: at, valueSpan }
}

/** The value of the flag `name` as a word; the first, where it is repeated. */
export function flagWord(flags: readonly InstructionFlag[], name: string): Word | undefined {
  return flagWords(flags, name)[0]
}

/** The values of all flags `name`. */
export function flagWords(flags: readonly InstructionFlag[], name: string): readonly Word[] {
  return flags.flatMap((flag) =>
    flag.name === name && flag.value !== undefined && flag.valueSpan
      ? [{ text: flag.value, span: flag.valueSpan }]
      : [],
  )
}

/** Whether the switch `name` is on. */
export const isOn = (flags: readonly InstructionFlag[], name: string): boolean =>
  flags.some((flag) => flag.name === name && (flag.value === undefined || flag.value.toLowerCase() === 'true'))

/** What BuildKit would say against the flags of an instruction. */
export function checkFlags(keyword: string, flags: readonly InstructionFlag[]): readonly Problem[] {
  if (unchecked.has(keyword)) return []
  const kinds = flagsByKeyword[keyword] ?? {}
  const seen = new Set<string>()
  return flags.flatMap((flag) => {
    const kind = Object.hasOwn(kinds, flag.name) ? kinds[flag.name] : undefined
    const message =
      kind === undefined
        ? `\`${keyword}\` has no flag \`--${flag.name}\``
        : againstFlag(flag, kind, seen.has(flag.name))
    seen.add(flag.name)
    return message === undefined ? [] : [{ span: flag.span, message }]
  })
}

function againstFlag({ name, value }: InstructionFlag, kind: FlagKind, repeated: boolean): string | undefined {
  if (repeated && kind !== 'values') return `\`--${name}\` stands here twice`
  if (kind === 'switch')
    return value === undefined || /^(?:true|false)$/i.test(value)
      ? undefined
      : `\`--${name}\` is either \`true\` or \`false\``
  if (value === undefined) return `\`--${name}\` needs a value`
  if (name === 'retries') return value === '' || /^\+?\d+$/.test(value) ? undefined : '`--retries` needs a number'
  if (name === 'network') return /^(?:default|none|host)$/.test(value) ? undefined : `\`${value}\` is no network mode`
  if (name === 'security') return /^(?:sandbox|insecure)$/.test(value) ? undefined : `\`${value}\` is no security mode`
  if (Object.hasOwn(healthcheckFlags, name) && value !== '' && (!duration.test(value) || value.startsWith('-'))) {
    return `\`--${name}\` needs a duration such as \`30s\``
  }
  return undefined
}
