import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import '../../src/analyze.ts'
import { oncePer } from '../../src/text/once.ts'
import { cli, folderOf, inTime, late } from '../cli/cli.ts'

const script = 'import Config\n\nconfig :shop, key: System.get_env!("KEY")\n'
const scripts = ['config', 'prod', 'runtime', 'dev', 'test'].map((name) => `config/${name}.exs`)
const broken = {
  ...inTime,
  ...Object.fromEntries(scripts.map((path) => [path, script])),
  'config/config.exs': `${script}import_config "#{config_env()}.exs"\n`,
}
const filesIn = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('.exs') || name.includes('tmp'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

describe.skipIf(spawnSync('strace', ['-V']).error !== undefined)('`fix` that a signal meets', () => {
  const program = resolve('dist/cli.js')
  const fix = ['fix', '--rule', 'no-such-function', '--fail-on', 'never']
  const calls = 'rename,renameat,renameat2,link,linkat,fsync,unlink,unlinkat,fchmod'

  /** The calls that write, each as often as it is made, though at most twice: `rename` 1, `rename` 2, … */
  const made = oncePer((_: typeof broken): readonly (readonly [call: string, when: number])[] => {
    const folder = folderOf(broken)
    const log = join(folder, 'calls.log')
    spawnSync('strace', ['-f', '-o', log, '-e', `trace=${calls}`, program, ...fix], { cwd: folder })
    const lines = readFileSync(log, 'utf8').split('\n')
    return calls.split(',').flatMap((call) => {
      const times = lines.filter((line) => line.includes(` ${call}(`)).length
      return Array.from({ length: Math.min(times, 2) }, (_, at) => [call, at + 1] as const)
    })
  })
  test.each([
    // At each call the first and the second time; the others at the first.
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ])(
    '%s, at any call that writes: all files or none, and nothing beside them',
    (signal, code) => {
      const whole = folderOf(broken)
      expect(spawnSync(program, fix, { cwd: whole }).status).toBe(0)
      const all = filesIn(whole)
      expect(Object.values(all).filter((text) => text.includes('fetch_env!')).length).toBeGreaterThan(1)
      expect(made(broken).length).toBeGreaterThan(2)
      const where = signal === 'SIGTERM' ? made(broken) : made(broken).filter(([, when]) => when === 1)
      for (const [call, when] of where) {
        const folder = folderOf(broken)
        const old = filesIn(folder)
        const inject = `inject=${call}:signal=${signal}:when=${when}`
        const args = ['-f', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', inject, program, ...fix]
        const { status } = spawnSync('strace', args, { cwd: folder })
        const now = filesIn(folder)
        expect([call, when, [code, 0, null].includes(status)]).toEqual([call, when, true])
        expect([old, all]).toContainEqual(now)
      }
    },
    600_000,
  )
})

describe('nothing is written through a link', () => {
  const calls: readonly (readonly [file: string, argv: readonly string[]])[] = [
    ['.env.example', ['boot', '--write-env-example']],
    ['.docker-gotchas.yaml', ['init', '--yes']],
    ['.docker-gotchas.yaml', ['init', '--yes', '--force']],
    ['out', ['lint', '--output', 'out']],
    ['out', ['lint', '--write-baseline', 'out']],
    ['out', ['graph', '--output', 'out']],
  ]
  const project = { ...late, 'config/runtime.exs': 'import Config\nSystem.fetch_env!("SOME_KEY")\n' }

  test.each(calls)('%s in place of the file: %j', async (file, argv) => {
    for (const [target, text] of [
      ['gone', undefined],
      ['precious', 'mine\n'],
    ] as const) {
      const outside = folderOf({ precious: 'mine\n' })
      const folder = folderOf(project)
      symlinkSync(join(outside, target), join(folder, file))
      await cli(folder, argv)
      expect(existsSync(join(outside, 'gone'))).toBe(false)
      expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('mine\n')
      expect([text, readdirSync(outside)]).toEqual([text, ['precious']])
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
    }
  })

  test.each(calls.slice(3))('in place of the folder of %s: %j', async (_, argv) => {
    const outside = folderOf({})
    const folder = folderOf(project)
    symlinkSync(outside, join(folder, 'reports'))
    const { code, stderr } = await cli(folder, [...argv.slice(0, -1), 'reports/out'])
    expect([code, readdirSync(outside)]).toEqual([2, []])
    expect(stderr).toContain('its folder is a link that leads out of the project')
  })

  test('nor in a repository whose folder is named from below', async () => {
    const outside = folderOf({})
    const folder = folderOf({ ...project, '.git/HEAD': '' })
    symlinkSync(outside, join(folder, 'reports'))
    mkdirSync(join(folder, 'below'))
    for (const [cwd, file] of [
      [join(folder, 'below'), '../reports/out'],
      [outside, join(folder, 'reports/out')],
    ] as const) {
      const { code } = await cli(cwd, ['lint', folder, '--output', file])
      expect([code, readdirSync(outside)]).toEqual([2, []])
    }
  })
})

test('`fix -` of what is no text prints no other text', async () => {
  const folder = folderOf(late)
  const { code, stdout, stderr } = await cli(folder, ['fix', '-'], { stdin: new Uint8Array([0x46, 0x52, 0xff, 0xfe]) })
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toMatch(/^docker-gotchas: the standard input cannot be repaired: the file is not UTF-8 text/)
})
