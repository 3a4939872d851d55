import { expect, test } from 'vitest'
import { type Flag, parseFlags } from '../../src/cli/call/flags.ts'

const flags: readonly Flag[] = [
  { name: 'quiet', short: 'q', summary: '' },
  { name: 'verbose', short: 'v', summary: '' },
  { name: 'file', short: 'f', value: 'FILE', many: true, summary: '' },
]

test.each([
  [['a', '-q', 'b'], ['a', 'b'], ['quiet'], []],
  [['-qv'], [], ['quiet', 'verbose'], []],
  [['-qfx'], [], ['quiet'], ['x']],
  [['-f', 'x', '--file', 'y', '--file=z', '-fw', '-f=v'], [], [], ['x', 'y', 'z', 'w', 'v']],
  [['--file=a=b'], [], [], ['a=b']],
  [['--file', '-'], [], [], ['-']],
  [['-', '--', '--quiet', '-f'], ['-', '--quiet', '-f'], [], []],
])('%j', (args, operands, switches, files) => {
  const parsed = parseFlags(args, flags)
  if (parsed.kind === 'wrong') throw new Error(parsed.message)
  const call = parsed.value
  expect(call.operands).toEqual(operands)
  expect(['quiet', 'verbose'].filter((name) => call.has(name))).toEqual(switches)
  expect(call.all('file')).toEqual(files)
  expect(call.one('file')).toBe(files.at(-1))
})

test.each([['--fil'], ['-z'], ['--file'], ['-f'], ['--file='], ['--quiet=1'], ['---']])('%s alone is wrong', (arg) => {
  expect(parseFlags([arg], flags).kind).toBe('wrong')
})
