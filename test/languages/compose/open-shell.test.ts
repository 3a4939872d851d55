import { describe, expect, test } from 'vitest'
import { loadCompose } from '../../../src/languages/compose/read.ts'
import type { ComposeService } from '../../../src/languages/compose/service-types.ts'
import { closedShell, openShell } from '../../../src/languages/compose/shell.ts'
import type { ComposeInput } from '../../../src/languages/compose/types.ts'
import { type Known, known } from '../../../src/text/known.ts'
import { type Source, type Span, textOf } from '../../../src/text/source.ts'

const input = (files: Readonly<Record<string, string>>, more: Partial<ComposeInput> = {}): ComposeInput => {
  const sources = new Map<string, Source>(Object.entries(files).map(([path, text]) => [path, { path, text }]))
  return { read: (path) => sources.get(path), workingDirectory: '', rootName: 'shop', shell: openShell(), ...more }
}

const load = (files: Readonly<Record<string, string>>, more: Partial<ComposeInput> = {}) =>
  loadCompose(input(files, more))

const web = (files: Readonly<Record<string, string>>, more: Partial<ComposeInput> = {}): ComposeService => {
  const service = load(files, more).services.get('web')
  if (service === undefined) throw new Error('no service')
  return service
}

const shown = (value: Known<string> | undefined) => (value?.kind === 'known' ? value.value : value?.kind)
const trail = (value: Known<string> | undefined) =>
  value?.trail.map(({ span, text }) => `${span.source.path} ${textOf(span)}: ${text}`)
const variable = (service: ComposeService, name: string) => service.environment.find((entry) => entry.name === name)

const environment = (lines: string) => `services:\n  web:\n    image: shop\n    environment:\n${lines}`

describe('a shell that is not here', () => {
  test.each([
    ['a variable that nobody here sets', '$X', 'unknown'],
    ['a default', '${X:-d}', 'd'],
    ['a default for unset only', '${X-d}', 'd'],
    ['a required variable', '${X:?no}', 'unknown'],
    ['an alternative', '${X:+a}', 'unknown'],
    ['a default that is not known', '${X:-$Y}', 'unknown'],
    ['a part of a text', 'http://${X}/', 'unknown'],
    ['plain text', 'plain', 'plain'],
  ])('%s', (_, written, expected) => {
    const project = load({ 'compose.yaml': environment(`      A: "${written}"\n`) })
    expect(shown(project.services.get('web')?.environment[0]?.value)).toBe(expected)
    expect(project.problems).toEqual([])
  })

  test('the env file for interpolation speaks before a default', () => {
    const service = web({
      'compose.yaml': environment('      A: "${X:-d}"\n      B: "${Y:?no}"\n'),
      '.env': 'X=file\nY=set\n',
    })
    expect(service.environment.map(({ value }) => shown(value))).toEqual(['file', 'set'])
  })

  test('what the shell is known to set wins over the env file', () => {
    const service = web(
      { 'compose.yaml': environment('      A: $X\n'), '.env': 'X=file\n' },
      { shell: openShell({ X: 'shell' }) },
    )
    expect(shown(variable(service, 'A')?.value)).toBe('shell')
  })

  test('a variable that is passed through is unknown, and unset where the shell is in view', () => {
    const files = { 'compose.yaml': environment('      A:\n') }
    expect(variable(web(files), 'A')).toMatchObject({ passedThrough: true, value: { kind: 'unknown' } })
    expect(variable(web(files, { shell: closedShell({}) }), 'A')).toMatchObject({
      passedThrough: true,
      value: { kind: 'unset' },
    })
  })

  test('casts, ports and commands live with values that are not known', () => {
    const project = load({
      'compose.yaml':
        'services:\n  web:\n    image: shop:$TAG\n    tty: $TTY\n    scale: $N\n    command: bin/x $ARG end\n    ports: ["$P:4000", "${Q:-80}:4001", "$R"]\n    healthcheck: {interval: $I, test: [CMD, "$T"]}\n',
    })
    expect(project.problems).toEqual([])
    const service = project.services.get('web')
    expect(
      service?.ports.map(({ target, published }) => [
        target.kind === 'known' ? target.value : target.kind,
        shown(published),
      ]),
    ).toEqual([
      [4000, 'unknown'],
      [4001, '80'],
      ['unknown', 'unset'],
    ])
    expect(service?.command?.map(({ value }) => shown(value))).toEqual(['bin/x', 'unknown', 'end'])
    expect(shown(service?.image?.value)).toBe('unknown')
  })

  test('an env file that is not here leaves the service open, without a problem', () => {
    const files = { 'compose.yaml': 'services:\n  web:\n    image: shop\n    env_file: .env.prod\n' }
    const project = load(files)
    expect(project.problems).toEqual([])
    expect(project.services.get('web')).toMatchObject({
      closed: false,
      envFiles: [{ path: '.env.prod', source: undefined }],
    })
    expect(load(files, { shell: closedShell({}) }).problems).toHaveLength(1)
  })

  test('uses of variables are listed with what they hold', () => {
    const { variables } = load({ 'compose.yaml': environment('      A: "${X:-d}"\n      B: $Y\n'), '.env': 'Y=1\n' })
    expect(
      variables.map(({ name, operator, argument, value, span }) => [
        name,
        operator,
        argument,
        shown(value),
        textOf(span),
      ]),
    ).toEqual([
      ['X', ':-', 'd', 'unknown', '${X:-d}'],
      ['Y', '', '', '1', '$Y'],
    ])
  })
})

describe('where values come from', () => {
  test('through .env, interpolation and an override', () => {
    const service = web({
      'compose.yaml': environment('      A: base\n      B: b\n'),
      'compose.override.yaml': 'services:\n  web:\n    environment:\n      - A=${X}\n',
      '.env': 'X=1\n',
    })
    const entry = variable(service, 'A')
    expect(shown(entry?.value)).toBe('1')
    expect(entry && [textOf(entry.nameSpan), textOf(entry.span), entry.span.source.path]).toEqual([
      'A',
      '${X}',
      'compose.override.yaml',
    ])
    expect(trail(entry?.value)).toEqual([
      'compose.yaml A: this entry is overridden',
      '.env 1: `X` is set here',
      'compose.override.yaml ${X}: `X` is put in here',
      'compose.override.yaml ${X}: `A` is set here',
    ])
    expect(textOf(variable(service, 'B')?.span as Span)).toBe('b')
  })

  test('through an env file of the service', () => {
    const service = web({
      'compose.yaml': 'services:\n  web:\n    image: shop\n    env_file: [a.env]\n    environment: {B: own}\n',
      'a.env': 'A="one two" # note\nB=file\n',
    })
    const [a, b] = service.environment
    expect(a && [a.name, a.from, shown(a.value), textOf(a.nameSpan), textOf(a.span)]).toEqual([
      'A',
      'env_file',
      'one two',
      'A',
      'one two',
    ])
    expect(trail(b?.value)).toEqual([
      'a.env B: the value of the env file is overridden',
      'compose.yaml own: `B` is set here',
    ])
  })

  test('of keys, values, words and definitions', () => {
    const service = web({
      'compose.yaml':
        'services:\n  web:\n    image: "shop:1"\n    command: bin/shop "a b"\n    depends_on: [db]\n    ports:\n      - 4000:80\n  db: {image: pg}\n',
      'compose.override.yaml': 'services:\n  web: {user: app}\n',
    })
    expect(service.definitions.map(({ span }) => `${span.source.path} ${textOf(span)}`)).toEqual([
      'compose.yaml web',
      'compose.override.yaml web',
    ])
    expect(service.image && textOf(service.image.span)).toBe('"shop:1"')
    expect(service.command?.map(({ span }) => textOf(span))).toEqual(['bin/shop', '"a b"'])
    expect(service.dependsOn.map(({ span }) => textOf(span))).toEqual(['db'])
    expect(service.ports.map(({ span }) => textOf(span))).toEqual(['4000:80'])
  })

  test('of variables in block scalars and quoted texts', () => {
    const { variables } = load({
      'compose.yaml': environment('      A: |\n        one ${X:-x}\n        two $Y\n      B: "\\"${Z}\\""\n'),
    })
    expect(variables.map(({ span }) => textOf(span))).toEqual(['${X:-x}', '$Y', '${Z}'])
  })
})

describe('a file that Compose refuses', () => {
  test.each([
    [
      'an unknown key',
      'services:\n  web: {image: shop, enviroment: {A: b}}\n',
      'enviroment',
      '`enviroment` is not a key that `web` can have',
    ],
    ['a wrong type', 'services:\n  web: {image: [shop]}\n', '[shop]', '`image` must be a text'],
    [
      'a number that is no text',
      'services:\n  web: {user: 1000}\n',
      '1000',
      '`user` must be a text: `1000` needs quotes',
    ],
    ['an empty list', 'services:\n  web:\n    image: shop\n    ports:\n', 'ports', '`ports` must be a list, not empty'],
    [
      'a form of variable',
      'services:\n  web: {image: "${X:1}"}\n',
      '${',
      'this is no form of a variable that Compose knows: a `$` that is meant is written `$$`',
    ],
    ['a duplicate key', 'services:\n  web: {image: shop, image: other}\n', 'image', 'the key `image` is written twice'],
    ['a tab', 'services:\n\tweb: {}\n', '', 'a tab cannot indent a line of YAML'],
    ['a port', 'services:\n  web: {image: shop, ports: ["1:x"]}\n', '"1:x"', '`x` is not a port of a container'],
    [
      'a duration',
      'services:\n  web: {image: shop, healthcheck: {test: x, interval: 10 s}}\n',
      '10 s',
      '`10 s` is not a duration such as `30s`',
    ],
    [
      'a missing service',
      'services:\n  web: {image: shop, depends_on: [db]}\n',
      'db',
      '`web` depends on the service `db`, which is not defined',
    ],
    [
      'a circle',
      'services:\n  web: {image: shop, depends_on: [db]}\n  db: {image: pg, depends_on: [web]}\n',
      'db',
      'the services wait for each other: `db` → `web` → `db`',
    ],
    ['an unknown anchor', 'services:\n  web: {image: *x}\n', '*x', 'the anchor `x` is not defined before this'],
  ])('%s is a problem at its place', (_, text, at, message) => {
    const { problems } = load({ 'compose.yaml': text })
    expect(problems.map((problem) => problem.message)).toContain(message)
    const found = problems.find((problem) => problem.message === message)
    if (at !== '') expect(found && textOf(found.span)).toBe(at)
  })

  test('still gives what could be read', () => {
    const project = load({
      'compose.yaml':
        'services:\n  web:\n    image: shop\n    foo: 1\n    environment: {A: 1, B: [2]}\n  db: {image: pg}\n',
    })
    expect(project.problems).toHaveLength(1)
    expect([...project.services.keys()]).toEqual(['web', 'db'])
    expect(variable(project.services.get('web') as ComposeService, 'A')?.value).toMatchObject(
      known('1', [expect.anything()]),
    )
  })

  test('still gives what stands before a line that is no YAML', () => {
    const project = load({ 'compose.yaml': 'services:\n  web:\n    image: shop\n  db: {image: [\n' })
    expect(project.problems).toHaveLength(1)
    expect([...project.services.keys()]).toEqual(['web'])
  })

  test('a required variable is a problem where the shell is in view', () => {
    const { problems } = load({ 'compose.yaml': environment('      A: ${X:?tell me}\n') }, { shell: closedShell({}) })
    expect(problems.map(({ message, span }) => [message, textOf(span)])).toEqual([
      ['the required variable `X` is missing a value: tell me', '${X:?tell me}'],
    ])
  })
})

describe('a text that is made to hurt', () => {
  const service = 'services:\n  web:\n    image: x\n'
  test.each([
    ['ten thousand brackets', `services: ${'['.repeat(10_000)}`],
    ['ten thousand nested defaults', `${service}    command: "${'${A:-'.repeat(10_000)}${'}'.repeat(10_000)}"\n`],
    ['dollars and braces', `${service}    command: "${'${'.repeat(500_000)}"\n`],
    ['many variables', `${service}    command: "${'${A:-x}'.repeat(100_000)}"\n`],
    [
      'a billion laughs',
      `x-a: &a [1,2,3,4,5,6,7,8,9]\n${[...'bcdefghij'].map((name, index) => `x-${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`).join('\n')}\n${service}`,
    ],
    ['fifty megabytes', `a: ${'x'.repeat(50_000_000)}`],
    [
      'a chain of extends',
      `services:\n${Array.from({ length: 3000 }, (_, nth) => `  s${nth}: {extends: s${nth + 1}}`).join('\n')}\n  s3000: {image: x}\n`,
    ],
  ])('%s', (_, text) => {
    expect(() => load({ 'compose.yaml': text })).not.toThrow()
  })
})
