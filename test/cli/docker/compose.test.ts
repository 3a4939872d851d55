import { describe, expect, test } from 'vitest'
import { folderOf } from '../cli.ts'
import { dockerfiles, fakeDocker, rule, secret, shop } from './fake.ts'

const service = (dockerfile: string) => `services:
  web:
    build: {context: ., dockerfile: ${dockerfile}}
    environment: {PHX_HOST: shop.example.com}
`
const files = {
  ...shop(dockerfiles.good),
  'Dockerfile.bad': dockerfiles.bad,
  'compose.yaml': service('Dockerfile'),
  'bad.yaml': service('Dockerfile.bad'),
  'profiles.yaml': `${service('Dockerfile')}  job:\n    profiles: [jobs]\n    build: {context: ., dockerfile: Dockerfile.bad}\n`,
  'by-env.yaml': service('"${WHICH:-Dockerfile}"'),
  'bad.env': 'WHICH=Dockerfile.bad\n',
}

describe('a command that starts something', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['up -d', false],
    ['-f compose.yaml up', false],
    ['-f bad.yaml up', true],
    ['-fbad.yaml up', true],
    ['--file=bad.yaml build web', true],
    ['-f compose.yaml -f bad.yaml run --rm web', true],
    ['-f bad.yaml create', true],
    ['-f bad.yaml scale web=2', true],
    ['-f bad.yaml --fail-on never up', false],
    ['-f profiles.yaml up', false],
    ['-f profiles.yaml --profile jobs up', true],
    ['-f profiles.yaml run --rm job', true],
    ['-f profiles.yaml up -d', false],
    ['-f by-env.yaml up', false],
    ['-f by-env.yaml --env-file bad.env up', true],
    ['-p shop --project-directory . -f bad.yaml start', true],
  ]
  test.each(cases)('%s', async (line, isBad) => {
    const docker = fakeDocker()
    const words = line.split(' ')
    const { code, stderr } = await docker.cli(folderOf(files), ['compose', ...words])
    const handed = words.filter((word) => word !== '--fail-on' && word !== 'never')
    expect({ code, calls: docker.calls() }).toEqual(
      isBad ? { code: 1, calls: [] } : { code: 0, calls: [['compose', ...handed]] },
    )
    expect(stderr.includes(rule)).toBe(isBad || line.includes('never'))
    expect(stderr).not.toContain(secret)
  })

  test('in another folder', async () => {
    const docker = fakeDocker()
    const deeper = Object.fromEntries(Object.entries(files).map(([path, text]) => [`app/${path}`, text]))
    const { code } = await docker.cli(folderOf(deeper), ['compose', '-f', 'app/bad.yaml', 'up'])
    expect({ code, calls: docker.calls() }).toEqual({ code: 1, calls: [] })
  })

  test('that runs a program with a flag of our name', async () => {
    const docker = fakeDocker()
    const args = ['run', 'web', 'lint', '--fail-on', 'never']
    await docker.cli(folderOf(files), ['compose', ...args])
    expect(docker.calls()).toEqual([['compose', ...args]])
  })
})

describe('any other command is handed over', () => {
  test.each([
    'ps',
    '-f bad.yaml down -v',
    '-f bad.yaml logs -f web',
    'exec web sh',
    '--version',
    '-f - config',
    '',
  ])('%s', async (line) => {
    const docker = fakeDocker()
    const words = line === '' ? [] : line.split(' ')
    const { code, stderr } = await docker.cli(folderOf(files), ['compose', ...words])
    expect({ code, stderr, calls: docker.calls() }).toEqual({ code: 0, stderr: '', calls: [['compose', ...words]] })
  })
})

describe('a wrong call', () => {
  test.each(['-f - up', '-f missing.yaml up', '--fail-on much up'])('%s', async (line) => {
    const docker = fakeDocker()
    const { code } = await docker.cli(folderOf(files), ['compose', ...line.split(' ')])
    expect({ code, calls: docker.calls() }).toEqual({ code: 2, calls: [] })
  })
})

test('what is no Phoenix stack is started, and it is said that nothing was checked', async () => {
  const docker = fakeDocker()
  const { code, stderr } = await docker.cli(folderOf({ notes: '' }), ['compose', 'up'])
  expect({ code, calls: docker.calls().length }).toEqual({ code: 0, calls: 1 })
  expect(stderr).toContain('nothing was checked: there is no Dockerfile and no compose file')
})

test('the exit code and the flags of docker', async () => {
  const docker = fakeDocker({ code: 5 })
  const { code } = await docker.cli(folderOf(files), ['-H', 'tcp://a:1', 'gotchas', 'compose', 'up'])
  expect({ code, calls: docker.calls() }).toEqual({ code: 5, calls: [['-H', 'tcp://a:1', 'compose', 'up']] })
})
