import { describe, expect, test } from 'vitest'
import { takeFailOn } from '../../../src/cli/docker/fail-on.ts'
import { buildFlags, composeFlags, readDockerFlags } from '../../../src/cli/docker/flags.ts'
import { pluginCall } from '../../../src/cli/docker/plugin-call.ts'

const wordsOf = (line: string): readonly string[] => (line === '' ? [] : line.split(' '))
const shown = (line: string, whole = true) => {
  const { flags, operands } = readDockerFlags(wordsOf(line), whole ? buildFlags : composeFlags, whole)
  return [...flags.map(({ name, value }) => (value === '' ? name : `${name}: ${value}`)), ...operands].join(' | ')
}

describe('the words of docker build', () => {
  test.each([
    ['.', '.'],
    ['-t shop .', 't: shop | .'],
    ['-tshop:1.4 .', 't: shop:1.4 | .'],
    ['-t=shop .', 't: shop | .'],
    ['-f./ops/Dockerfile.prod .', 'f: ./ops/Dockerfile.prod | .'],
    ['-qt shop .', 'q | t: shop | .'],
    ['-qtshop .', 'q | t: shop | .'],
    ['-qf=ops/Dockerfile .', 'q | f: ops/Dockerfile | .'],
    ['-q=false .', 'q: false | .'],
    ['. -t shop', 't: shop | .'],
    ['--no-cache --pull .', 'no-cache | pull | .'],
    ['--pull=false .', 'pull: false | .'],
    ['--build-arg A=b=c --build-arg=D=e .', 'build-arg: A=b=c | build-arg: D=e | .'],
    ['--build-arg A --target run .', 'build-arg: A | target: run | .'],
    ['--secret id=a,src=b --ssh default .', 'secret: id=a,src=b | ssh: default | .'],
    ['--check .', 'check | .'],
    ['-f - .', 'f: - | .'],
    ['-', '-'],
    ['-- -odd', '-odd'],
    ['-t', 't'],
    ['https://example.com/shop.git#main', 'https://example.com/shop.git#main'],
    ['', ''],
  ])('%s', (line, expected) => expect(shown(line)).toBe(expected))
})

describe('the words of docker compose end with its command', () => {
  test.each([
    ['up -d', 'up'],
    ['-f a.yaml -p shop up -f', 'f: a.yaml | p: shop | up'],
    ['--profile web --dry-run run web sh -c ls', 'profile: web | dry-run | run'],
    ['--env-file=prod.env --project-directory ops ps', 'env-file: prod.env | project-directory: ops | ps'],
    [
      '-pshop --ansi never --parallel 2 --progress plain down',
      'p: shop | ansi: never | parallel: 2 | progress: plain | down',
    ],
  ])('%s', (line, expected) => expect(shown(line, false)).toBe(expected))
})

describe('--fail-on', () => {
  test.each([
    ['-t shop .', 'error', '-t shop .'],
    ['--fail-on warning -t shop .', 'warning', '-t shop .'],
    ['-t shop . --fail-on=never', 'never', '-t shop .'],
    ['--fail-on info --fail-on error .', 'error', '.'],
    ['--label --fail-on .', 'error', '--label --fail-on .'],
    ['-- --fail-on never', 'error', '-- --fail-on never'],
  ])('build %s', (line, severity, rest) =>
    expect(takeFailOn(wordsOf(line), buildFlags, true)).toEqual({ severity, args: wordsOf(rest) }))

  test.each(['--fail-on', '--fail-on much .', '--fail-on= .'])('build %s is none', (line) =>
    expect(takeFailOn(wordsOf(line), buildFlags, true)).toBeUndefined())

  test('belongs to the program in a container after the command of Compose', () => {
    const args = wordsOf('run web lint --fail-on never')
    expect(takeFailOn(args, composeFlags)).toEqual({ severity: 'error', args })
  })
})

describe('a call by Docker', () => {
  test.each([
    ['gotchas lint .', '', 'lint .'],
    ['--context prod gotchas build -t x .', '--context prod', 'build -t x .'],
    ['-c prod --tls gotchas lint', '-c prod --tls', 'lint'],
    ['-Hunix:///run/d.sock gotchas lint', '-Hunix:///run/d.sock', 'lint'],
    ['-H tcp://a:1 -D gotchas compose up', '-H tcp://a:1 -D', 'compose up'],
    ['--config=/c --log-level debug gotchas', '--config=/c --log-level debug', ''],
    ['help gotchas', '', 'help'],
    ['help gotchas build', '', 'help build'],
  ])('docker %s', (line, globals, argv) =>
    expect(pluginCall(wordsOf(line))).toEqual({ globals: wordsOf(globals), argv: wordsOf(argv) }))

  test.each(['lint gotchas', 'help lint', '', '--version', 'gate --image'])('`%s` is none', (line) =>
    expect(pluginCall(wordsOf(line))).toBeUndefined())
})
