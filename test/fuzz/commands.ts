import fc from 'fast-check'
import { exit } from '../../src/cli/io/exit.ts'
import { cli, type Ran } from '../cli/ran.ts'
import { inFolder } from './folder.ts'
import { changedProjects } from './projects.ts'
import type { Input, Target } from './target.ts'

/** Calls of every command that reads a project, in all of its formats. */
export const calls: readonly (readonly string[])[] = [
  ...['tty', 'json', 'sarif'].map((format) => ['lint', '--format', format]),
  ['lint', '--quiet', '--no-ignores', '--preview'],
  ['lint', '--baseline', '.docker-gotchas-baseline.json'],
  ['lint', '--write-baseline', 'baseline.json'],
  ['lint', '-f', 'compose.yaml', '.'],
  ['lint', '-'],
  ['fix', '--dry-run', '--unsafe'],
  ['fix', '--diff', '--unsafe'],
  ['fix', '--unsafe'],
  ...['tty', 'json', 'markdown'].map((format) => ['boot', '--format', format]),
  ['boot', '--env-file', '.env'],
  ['boot', '--write-env-example'],
  ...['tty', 'json', 'dotenv'].map((format) => ['env', '--format', format]),
  ['env', '.env'],
  ['env', '.env', '--diff', '.env.prod'],
  ...['tty', 'mermaid', 'dot', 'json', 'html'].map((format) => ['graph', '--format', format]),
  ...['Dockerfile', 'compose.yaml', 'config/runtime.exs'].map((file) => ['explain', `${file}:3`]),
  ['init', '--yes'],
]

/** What a command does in a folder with the files; the Dockerfile is also its standard input. */
export const ranIn = ({ files, argv = [] }: Input): Promise<Ran> =>
  inFolder(files, (folder) => cli(folder, argv, { stdin: files.Dockerfile ?? '' }))

const isText = (content: string | Uint8Array) => typeof content === 'string' && !content.includes('\0')

/** Throws where a command fails at texts, or where what it prints for programs is not for them. */
export function checkRan({ files, argv = [] }: Input, { code, stdout, stderr }: Ran): void {
  if (![exit.clean, exit.findings, exit.usage, exit.failure].some((known) => known === code))
    throw new Error(`${argv.join(' ')} ends with ${code}`)
  if (code === exit.failure && Object.values(files).every(isText))
    throw new Error(`${argv.join(' ')} failed: ${stderr}`)
  if (/docker-gotchas: failed|\n {4}at \S/.test(stderr)) throw new Error(`${argv.join(' ')} threw: ${stderr}`)
  if (/^(json|sarif)$/.test(argv[argv.indexOf('--format') + 1] ?? '') && stdout !== '') JSON.parse(stdout)
}

/** Every command comes to an end of its own on any project of texts. */
export const commands: Target = {
  name: 'commands',
  inputs: fc.record({ files: changedProjects, argv: fc.constantFrom(...calls) }),
  async obey(input) {
    checkRan(input, await ranIn(input))
  },
}
