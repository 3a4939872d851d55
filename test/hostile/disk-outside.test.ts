import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cli, type Ran } from '../cli/cli.ts'
import { attacks, commands, emptyAround, marker, type Place, placeOf, ways } from './outside.ts'

const env = ({ home }: Place) => ({ env: { HOME: home } })

async function saidBy(place: Place, asked: typeof commands): Promise<readonly Ran[]> {
  const said: Ran[] = []
  for (const argv of asked) said.push(await cli(place.root, argv, env(place)))
  return said
}

/** What is compared: a named link to nowhere is told from one that leads out, since the user named it and gets the reason. */
const comparable = commands.filter((argv) => !argv.some((word) => /^(Dockerfile|\.env|compose\.yaml)/.test(word)))

describe('nothing outside of a project is read, or asked whether it is there', () => {
  test.each(attacks.map((attack, index) => ({ ...attack, index })))('$name', async ({ index, ...attack }) => {
    const isRepository = index % 2 === 0
    // A third, another one for each way and each thing that is asked for; without what lies outside, all the same.
    const turn = index + Math.floor(index / ways.length)
    const asked = commands.filter((_, at) => (at + turn) % 3 === 0)
    const again = new Set(asked.filter((argv) => comparable.includes(argv)))
    const full = placeOf(attack, isRepository)
    const said = await saidBy(full, asked)
    for (const [at, { stdout, stderr }] of said.entries()) {
      expect(stdout + stderr, asked[at]?.join(' ')).not.toMatch(new RegExp(marker.slice(0, 6), 'i'))
    }
    const empty = placeOf(attack, isRepository)
    emptyAround(empty)
    // A fingerprint is of the text of its line, which holds the folder.
    const own = (all: readonly Ran[], { outer }: Place) =>
      JSON.stringify(all)
        .replaceAll(outer, '')
        .replace(/fingerprint\\": \\"\w+/g, '')
    const before = said.filter((_, at) => again.has(asked[at] ?? []))
    expect(own(before, full)).toBe(own(await saidBy(empty, [...again]), empty))
  })
})

describe('what lies outside is known to be elsewhere', () => {
  const asking = (name: string) => {
    const attack = attacks.find((one) => one.name === name)
    if (attack === undefined) throw new Error(name)
    return placeOf(attack, true)
  }

  test.each([
    'include by ../',
    'extends by ../',
    'include by a link',
    'extends by ~/',
  ])('%s: we failed', async (name) => {
    const place = asking(name)
    for (const argv of [['lint'], ['lint', '--fail-on', 'never'], ['env'], ['boot'], ['graph']]) {
      const { code, stdout, stderr } = await cli(place.root, argv, env(place))
      expect([argv, code]).toEqual([argv, 3])
      expect((stdout + stderr).replace(/\s+/g, ' ')).toContain('lies outside of the project and is not read')
      expect(stdout + stderr).not.toContain('is not there')
    }
  })

  test('its place is the line that names it', async () => {
    const place = asking('include by ../')
    const { stdout } = await cli(place.root, ['lint', '--format', 'json'], env(place))
    expect(JSON.parse(stdout).findings).toContainEqual(
      expect.objectContaining({ rule: 'unreadable-file', file: 'compose.yaml', line: 2, severity: 'error' }),
    )
  })

  test('an env file is a note, and its variables are not known', async () => {
    const place = asking('env_file by ../')
    const lint = await cli(place.root, ['lint'], env(place))
    expect(lint.stdout).toContain('compose.yaml:4: the env file `../outside/vars.env` lies outside of the project')
    const { stdout } = await cli(place.root, ['env', '--format', 'json', '--from-environment'], env(place))
    expect(JSON.parse(stdout).errors).toEqual([])
  })
})

describe('what may be read', () => {
  const inside = (links: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>) =>
    placeOf({ name: '', in: () => ({ files, links }) }, true)

  test('links that stay in the repository, and folders above in it', async () => {
    const place = inside(
      { 'app/shared.env': '../vars/real.env', near: 'vars' },
      {
        'vars/real.env': 'A=1\n',
        'vars/more.env': 'B=2\n',
        'base.yaml': 'services:\n  base:\n    image: x\n    environment: { C: "3" }\n',
        'app/compose.yaml':
          'services:\n  web:\n    extends: { file: ../base.yaml, service: base }\n    env_file: [shared.env, ../near/more.env]\n',
      },
    )
    const { code, stdout } = await cli(join(place.root, 'app'), ['env', '--format', 'json'], env(place))
    expect(JSON.parse(stdout).services[0].environment).toEqual({ A: '1', B: '2', C: '3' })
    expect(code).toBe(0)
  })

  test('files that are named, wherever they lie', async () => {
    const place = inside({}, {})
    writeFileSync(join(place.outer, 'base.yaml'), 'services: { base: { image: x, env_file: base.env } }\n')
    writeFileSync(join(place.outer, 'base.env'), 'A=1\n')
    const { stdout } = await cli(place.root, ['env', '-f', '../../base.yaml', '--format', 'json'], env(place))
    expect(JSON.parse(stdout).services[0].environment).toEqual({ A: '1' })
  })

  test('with --allow-outside what Compose reads; no frame and no message quotes it', async () => {
    for (const name of [
      'include by ../',
      'extends by ../',
      'env_file by a link',
      'include of no YAML by ~/',
      'env_file of no variables by absolute',
    ]) {
      const attack = attacks.find((one) => one.name === name)
      const place = placeOf(attack ?? { name, in: () => ({}) }, true)
      for (const argv of [['lint'], ['lint', '--format', 'sarif'], ['explain', 'compose.yaml:2']]) {
        const { code, stdout, stderr } = await cli(place.root, [...argv, '--allow-outside'], env(place))
        expect(stdout + stderr).not.toContain(marker)
        expect(stdout + stderr).not.toContain('is not read')
        expect(code).toBeLessThan(2)
      }
    }
    const place = inside({}, { 'compose.yaml': 'services:\n  web: { image: x, env_file: ../outside/vars.env }\n' })
    const { stdout } = await cli(place.root, ['env', '--format', 'json', '--allow-outside'], env(place))
    expect(JSON.parse(stdout).services[0].environment).toMatchObject({ PORT: marker })
  })

  test('a named link that leads out is checked and not quoted, and nothing is written or drawn', async () => {
    const place = inside({}, {})
    symlinkSync('../outside/Dockerfile', join(place.root, 'Dockerfile.prod'))
    const lint = await cli(place.root, ['lint', 'Dockerfile.prod'], env(place))
    expect(lint.stdout).toContain('Dockerfile.prod')
    expect(lint.stdout + lint.stderr).not.toContain(marker)
    for (const argv of [
      ['fix', '--diff', 'Dockerfile.prod'],
      ['graph', 'Dockerfile.prod'],
      ['env', 'Dockerfile.prod'],
    ]) {
      const { code, stdout, stderr } = await cli(place.root, argv, env(place))
      expect(code).toBeGreaterThan(1)
      expect(stdout + stderr).toContain('it is a link that leads out of the project')
      expect(stdout + stderr).not.toContain(marker)
    }
  })
})
