import fc from 'fast-check'
import { expandMake } from '../../../src/languages/make/expand.ts'
import { parseMakefile } from '../../../src/languages/make/parse.ts'
import type { Source } from '../../../src/text/source.ts'
import type { Language } from '../language.ts'
import { lines, many, maybe, odd, one, some, text, value, variable } from '../words.ts'
import { command } from './shell.ts'

const words: readonly string[] = [
  '\t',
  ':',
  ' := ',
  ' ?= ',
  '$(',
  ')',
  '${',
  '$@',
  '$<',
  'ifeq (',
  'endif\n',
  'else\n',
  'define ',
  'endef\n',
  '.PHONY: ',
  'include ',
  '%',
  '@',
  '-',
  '\\\n',
]

const reference = fc.oneof(
  text`$(${variable})`,
  text`$(${one('shell', 'patsubst', 'foreach', 'call', 'if', 'or', 'wildcard', 'eval', 'filter')} ${some(value, ',')})`,
  one('$@', '$<', '$^', '$$', '$(', '$(A', '${A:x=y}', '$(A:%=b)'),
)
const anything = fc.oneof(value, reference)
const target = one('build', 'all', 'deploy', '%.o', 'a b', '.PHONY', '$(A)', 'default', '.DEFAULT')

const statement = fc.oneof(
  text`${maybe(one('export ', 'override ', '-'))}${variable} ${one('=', ':=', '?=', '+=', '!=', '::=')} ${anything}`,
  text`${target}${one(':', '::', ' :', ':|')} ${some(target, ' ')}${maybe(text`; ${command}`)}\n${some(text`\t${one('', '@', '-', '+')}${command}`, '\n')}`,
  text`${target}: ${variable} = ${anything}`,
  text`${one('ifeq (', 'ifneq "', 'ifdef ', 'ifndef ')}${anything}${one(',', '" "', ' ')}${anything}${one(')', '"', '')}`,
  one('else', 'endif', 'else ifdef A', 'endef', 'define A', 'define A =', 'export', 'unexport A'),
  text`${one('include', '-include', 'sinclude')} ${anything}`,
  text`\t${many(command, '; ', 2)} \\`,
  odd,
)

/** The statements, their values. */
function read(source: Source): readonly unknown[] {
  const values = new Map([
    ['A', 'x $(B)'],
    ['B', '$(C)'],
  ])
  return [parseMakefile(source), expandMake(source.text, (name) => values.get(name) ?? '')]
}

/** Makefiles. */
export const make: Language = { name: 'make', paths: ['Makefile'], texts: lines(statement), words, read }
