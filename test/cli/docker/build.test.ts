import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dockerLayout, tarOf } from '../../files/image/saved.ts'
import { folderOf } from '../cli.ts'
import { dockerfiles, fakeDocker, rule, secret, shop } from './fake.ts'

const { good, bad, goodLast, byArg } = dockerfiles
const [healthy, broken] = [shop(good), shop(bad)]
const stopped = 'the image is not built; `--fail-on never` builds it nevertheless'

const imageWith = (env: readonly string[]) =>
  tarOf(
    dockerLayout([
      {
        names: ['x:1'],
        layers: [],
        config: { os: 'linux', architecture: 'amd64', config: { Env: env } },
      },
    ]),
  ).then((tar) => new Uint8Array(tar))

describe('the sources', () => {
  test('with an error are not built', async () => {
    const docker = fakeDocker()
    const { code, stdout, stderr } = await docker.cli(folderOf(broken), ['build', '-t', 'shop', '.'])
    expect({ code, stdout, calls: docker.calls() }).toEqual({ code: 1, stdout: '', calls: [] })
    expect(stderr).toContain(rule)
    expect(stderr).toContain(stopped)
  })

  test('without one are built with the same words, and the image is asked for', async () => {
    const docker = fakeDocker({ image: await imageWith([]) })
    const { code } = await docker.cli(folderOf(healthy), ['build', '-t', 'shop', '--no-cache', '.'])
    expect(code).toBe(0)
    const [build, save] = docker.calls()
    expect(build).toEqual(['build', '--iidfile', expect.any(String), '-t', 'shop', '--no-cache', '.'])
    expect(save).toEqual(['save', 'sha256:1'])
    expect(existsSync(build?.[2] ?? '')).toBe(false)
  })

  test('with an error are built where the call says so', async () => {
    const docker = fakeDocker({ image: await imageWith([]) })
    const { code, stderr } = await docker.cli(folderOf(broken), ['build', '.', '--fail-on=never'])
    expect(code).toBe(0)
    expect(stderr).toContain(rule)
    expect(docker.calls()[0]).toEqual(['build', '--iidfile', expect.any(String), '.'])
  })

  test('the flags of Docker come first', async () => {
    const docker = fakeDocker({ image: await imageWith([]) })
    await docker.cli(folderOf(healthy), ['--context', 'prod', '-D', 'gotchas', 'build', '.'])
    expect(docker.calls().map((call) => call.slice(0, 4))).toEqual([
      ['--context', 'prod', '-D', 'build'],
      ['--context', 'prod', '-D', 'save'],
    ])
  })
})

/** What is built and whether it has the error. */
describe('the very build', () => {
  const outside = (dockerfile: string) => ({
    'app/mix.exs': broken['mix.exs'],
    'app/.git/HEAD': '',
    'ops/shop.build': dockerfile,
  })
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], boolean])[] = [
    ['the last stage', { ...broken, Dockerfile: goodLast }, ['.'], false],
    ['--target', { ...broken, Dockerfile: goodLast }, ['--target', 'bad', '.'], true],
    ['--target, in capitals', { ...broken, Dockerfile: goodLast }, ['--target=BAD', '.'], true],
    ['a build argument', { ...broken, Dockerfile: byArg }, ['--build-arg', 'WHICH=bad', '.'], true],
    ['another build argument', { ...broken, Dockerfile: byArg }, ['--build-arg=WHICH=good', '.'], false],
    ['-f', { ...healthy, 'ops/Dockerfile.prod': broken.Dockerfile }, ['-f', 'ops/Dockerfile.prod', '.'], true],
    ['-f in one word', { ...healthy, 'ops/Dockerfile': broken.Dockerfile }, ['-fops/Dockerfile', '.'], true],
    ['the last -f', { ...healthy, broken: broken.Dockerfile }, ['--file', 'broken', '-f', 'Dockerfile', '.'], false],
    ['the last --file', { ...healthy, broken: broken.Dockerfile }, ['-f', 'Dockerfile', '--file', 'broken', '.'], true],
    ['-f with any name', { ...healthy, 'ops/shop.build': broken.Dockerfile }, ['-f', 'ops/shop.build', '.'], true],
    ['-f beside a bad one', { ...broken, good: healthy.Dockerfile }, ['-f', 'good', '.'], false],
    ['-f for development', { ...healthy, 'Dockerfile.dev': broken.Dockerfile }, ['-f', 'Dockerfile.dev', '.'], true],
    [
      '-f in an ignored folder',
      { ...healthy, '.gitignore': 'out/', 'out/Dockerfile': broken.Dockerfile },
      ['-f', 'out/Dockerfile', '.'],
      true,
    ],
    ['-f outside of the context', outside(broken.Dockerfile), ['-f', 'ops/shop.build', 'app'], true],
    ['a good -f outside of the context', outside(healthy.Dockerfile), ['-f', 'ops/shop.build', 'app'], false],
    [
      'a folder',
      Object.fromEntries(Object.entries(broken).map(([path, text]) => [`app/${path}`, text])),
      ['app/'],
      true,
    ],
    ['dockerfile', { 'mix.exs': broken['mix.exs'], dockerfile: broken.Dockerfile }, ['.'], true],
    [
      'a compose file is not built',
      {
        ...healthy,
        'compose.yaml': 'services: {web: {build: {context: ., dockerfile: broken}}}',
        broken: broken.Dockerfile,
      },
      ['.'],
      false,
    ],
    ['no Elixir at all', { Dockerfile: 'FROM scratch\nCOPY . .\n' }, ['.'], false],
  ]
  test.each(cases)('%s', async (_, files, args, isBad) => {
    const docker = fakeDocker()
    const { code, stderr } = await docker.cli(folderOf(files), ['build', ...args])
    expect({ code, isBad: stderr.includes(rule), built: docker.calls()[0]?.[0] === 'build' }).toEqual({
      code: isBad ? 1 : 0,
      isBad,
      built: !isBad,
    })
  })

  test('a build argument of the shell', async () => {
    const docker = fakeDocker()
    const folder = folderOf({ ...broken, Dockerfile: byArg })
    const { code } = await docker.cli(folder, ['build', '--build-arg', 'WHICH', '.'], { env: { WHICH: 'bad' } })
    expect(code).toBe(1)
  })

  test('its findings stand at the paths that the user sees', async () => {
    const { stderr } = await fakeDocker().cli(folderOf(outside(broken.Dockerfile)), [
      'build',
      '-f',
      'ops/shop.build',
      'app',
    ])
    expect(stderr).toContain('ops/shop.build:3')
  })
})

describe('what is not here is left to docker', () => {
  test.each([
    [['https://example.com/shop.git']],
    [['missing']],
    [['-f', '-', '.']],
    [['-f', 'missing', '.']],
  ])('%s', async (args) => {
    const docker = fakeDocker({ image: await imageWith([]) })
    const { code, stderr } = await docker.cli(folderOf(healthy), ['build', ...args])
    expect(code).toBe(0)
    expect(stderr).toContain('is not on this machine: only the image is checked')
    expect(docker.calls()).toHaveLength(2)
  })

  test.each([[[]], [['.', 'more']], [['-']], [['--fail-on', 'much', '.']]])('%s is a wrong call', async (args) => {
    const docker = fakeDocker()
    const { code } = await docker.cli(folderOf(healthy), ['build', ...args])
    expect({ code, calls: docker.calls() }).toEqual({ code: 2, calls: [] })
  })
})

describe('the image', () => {
  test('with a secret fails the call, and the secret is not printed', async () => {
    const docker = fakeDocker({ image: await imageWith([`SECRET_KEY_BASE=${secret}`]) })
    const { code, stderr } = await docker.cli(folderOf(healthy), ['build', '.'])
    expect(code).toBe(1)
    expect(stderr).toContain('SECRET_KEY_BASE')
    expect(stderr).not.toContain(secret)
  })

  test('that docker does not have is said, and no failure', async () => {
    const { code, stderr } = await fakeDocker().cli(folderOf(healthy), ['build', '.'])
    expect(code).toBe(0)
    expect(stderr).toContain('was not checked: no such image')
  })

  test('that cannot be read is one', async () => {
    const docker = fakeDocker({ image: new TextEncoder().encode('no tar') })
    const { code, stderr } = await docker.cli(folderOf(healthy), ['build', '.'])
    expect(code).toBe(3)
    expect(stderr).toContain('could not be checked')
  })

  test('an --iidfile of the user is the one, and stays', async () => {
    const folder = folderOf(healthy)
    const docker = fakeDocker({ id: 'sha256:22' })
    await docker.cli(folder, ['build', '--iidfile', join(folder, 'id'), '.'])
    expect(docker.calls()).toEqual([
      ['build', '--iidfile', join(folder, 'id'), '.'],
      ['save', 'sha256:22'],
    ])
    expect(readFileSync(join(folder, 'id'), 'utf8')).toBe('sha256:22')
  })

  test.each([
    [['--output', 'out']],
    [['-o', 'type=tar,dest=x.tar']],
    [['--check']],
    [['--call=outline']],
  ])('none comes out of %s', async (flags) => {
    const docker = fakeDocker()
    const { code } = await docker.cli(folderOf(healthy), ['build', ...flags, '.'])
    expect({ code, calls: docker.calls() }).toEqual({ code: 0, calls: [['build', ...flags, '.']] })
  })

  test.each([['type=docker'], ['type=image,name=shop']])('one comes out of --output %s', async (output) => {
    const docker = fakeDocker()
    await docker.cli(folderOf(healthy), ['build', '--output', output, '.'])
    expect(docker.calls()).toHaveLength(2)
  })
})

describe('docker', () => {
  test('its exit code is ours', async () => {
    const docker = fakeDocker({ code: 17 })
    const { code } = await docker.cli(folderOf(healthy), ['build', '.'])
    expect({ code, calls: docker.calls().length }).toEqual({ code: 17, calls: 1 })
  })

  test('that is not there', async () => {
    const { code, stderr } = await fakeDocker().cli(folderOf(healthy), ['build', '.'], {
      env: { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: '/nowhere/docker' },
    })
    expect(code).toBe(127)
    expect(stderr).toContain('docker cannot be started')
  })

  test('ended by a signal', async () => {
    const { code } = await fakeDocker({ build: 'kill -TERM $$' }).cli(folderOf(healthy), ['build', '.'])
    expect(code).toBe(143)
  })

  test.each([
    ['SIGTERM', false, 143],
    ['SIGTERM', true, 143],
    ['SIGINT', false, 130],
    ['SIGINT', true, 0],
  ] as const)('gets %s once, where a terminal (%#: %s) does not send it', async (signal, isTTY, expected) => {
    const docker = fakeDocker({ build: 'sleep 1 & wait' })
    const { code } = await docker.cli(folderOf(healthy), ['build', '--check', '.'], {
      isTTY,
      onInterrupt: (listener) => {
        const timer = setTimeout(listener, 100, signal)
        return () => clearTimeout(timer)
      },
    })
    expect(code).toBe(expected)
  })
})
