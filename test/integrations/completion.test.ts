import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { manPage } from '../../src/cli/call/man.ts'
import { commands } from '../../src/cli/commands.ts'
import { formatNames } from '../../src/report/formats/table.ts'
import { cli, folderOf } from '../cli/cli.ts'

const has = (program: string) => spawnSync(program, ['--version']).error === undefined

/** What a shell prints that has read the completions. */
async function complete(shell: 'bash' | 'zsh' | 'fish', script: (file: string) => string): Promise<readonly string[]> {
  const { stdout } = await cli('/', ['completion', shell])
  const folder = folderOf({ 'compose.yaml': '' })
  const file = join(folder, 'script')
  writeFileSync(file, stdout)
  const ran = spawnSync(shell, ['-c', script(file)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
  })
  expect(ran.stderr).toBe('')
  return ran.stdout.split('\n').filter((line) => line !== '')
}

const asked = [
  [['li'], ['lint']],
  [['help', 'gra'], ['graph']],
  [['lint', '--form'], ['--format']],
  [
    ['lint', '--format', 's'],
    ['sarif', 'sonarqube'],
  ],
  [
    ['graph', '--format', ''],
    ['tty', 'mermaid', 'dot', 'json', 'svg', 'html'],
  ],
  [['lint', '--ignore', 'assets-after'], ['assets-after-release']],
  [['explain', 'assets-after'], ['assets-after-release']],
  [['lint', 'comp'], ['compose.yaml']],
  [['lint', '--config', 'comp'], ['compose.yaml']],
  [['plugin', 'un'], ['uninstall']],
] as const

it.each(asked)('bash completes %j', async (words, expected) => {
  const line = ['docker-gotchas', ...words].map((word) => `'${word}'`).join(' ')
  const found = await complete(
    'bash',
    (file) =>
      `source '${file}'; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _docker_gotchas; printf '%s\\n' "\${COMPREPLY[@]}"`,
  )
  expect(found).toEqual(expected)
})

it.skipIf(!has('fish')).each(asked)('fish completes %j', async (words, expected) => {
  const line = ['docker-gotchas', ...words].join(' ')
  const found = await complete('fish', (file) => `source '${file}'; complete -C '${line}'`)
  expect(found.map((one) => one.split('\t')[0]).toSorted()).toEqual(expected.toSorted())
})

/** What \`_arguments\` and \`_describe\` are asked, which in zsh need a terminal to answer. */
test.skipIf(!has('zsh'))('zsh asks for the commands, then for the flags of one', async () => {
  const ask = (words: string, current: number) =>
    complete('zsh', (file) =>
      [
        'compdef() { }',
        `source '${file}'`,
        '_arguments() { print -l -- "$@" }',
        '_describe() { print -l -- "${(P)2[@]}" }',
        `words=(${words}); CURRENT=${current}`,
        '_docker-gotchas',
      ].join('\n'),
    )
  expect(await ask('docker-gotchas ""', 2)).toEqual([
    ...commands.map(({ name, summary }) => `${name}:${summary}`),
    'help:say more about a command',
  ])
  const flags = await ask('docker-gotchas lint ""', 3)
  expect(flags.find((one) => one.includes('--format='))).toContain(`(${formatNames.join(' ')})`)
  expect(flags.at(-1)).toBe('*:file:_files')
})

test.each(['bash', 'zsh', 'fish'].filter(has))('%s finds no fault with the script', async (shell) => {
  const { stdout } = await cli('/', ['completion', shell])
  const file = join(folderOf({ script: stdout }), 'script')
  const ran = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
  expect([ran.status, ran.stderr]).toEqual([0, ''])
})

test('an unknown shell is wrong', async () => {
  const { code, stderr } = await cli('/', ['completion', 'bsh'])
  expect(code).toBe(2)
  expect(stderr).toContain('name a shell: bash, zsh, fish; did you mean `bash`?')
})

test('docs/docker-gotchas.1 has every command', async () => {
  await expect(manPage(commands, manifest.version)).toMatchFileSnapshot('../../docs/docker-gotchas.1')
})

test.skipIf(!has('groff'))('the manual page is one for groff', () => {
  const ran = spawnSync('groff', ['-man', '-Tutf8', '-ww'], {
    input: manPage(commands, manifest.version),
    encoding: 'utf8',
  })
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  expect(ran.stdout.replace(/.[\b]/gu, '')).toContain('--failure-threshold')
})
