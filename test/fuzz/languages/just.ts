import fc from 'fast-check'
import { parseJustfile } from '../../../src/languages/just/parse.ts'
import type { Language } from '../language.ts'
import { lines, maybe, odd, one, quoted, some, text, value, variable } from '../words.ts'
import { command } from './shell.ts'

const words: readonly string[] = [
  ':=',
  '{{',
  '}}',
  'set ',
  'alias ',
  'export ',
  ': ',
  '&& ',
  '+',
  '*',
  '    ',
  '@',
  '#!/bin/sh\n',
  '[private]\n',
  '`',
  "'''",
]

const recipe = one('build', 'default', 'deploy', '_x', 'a-b')
const parameter = text`${one('', '+', '*', '$')}${variable}${maybe(text`=${quoted}`)}`

const statement = fc.oneof(
  text`set ${one('shell', 'dotenv-load', 'positional-arguments', 'x')} := ${one('["bash", "-c"]', 'true', '[]', 'x')}`,
  text`${maybe(one('export '))}${variable} := ${quoted}`,
  text`alias ${recipe} := ${recipe}`,
  text`${one('', '@', '[private]\n')}${recipe} ${some(parameter, ' ')}: ${some(fc.oneof(recipe, text`(${recipe} ${quoted})`, one('&&')), ' ')}\n${some(
    text`    ${one('', '@', '-', '#!/usr/bin/env bash', 'just ')}${command}${maybe(text` {{${value}}}`)}`,
    '\n',
  )}`,
  text`${one('import', 'mod')} ${quoted}`,
  odd,
)

/** Justfiles. */
export const just: Language = {
  name: 'just',
  paths: ['justfile'],
  texts: lines(statement),
  words,
  read: (source) => [parseJustfile(source)],
}
