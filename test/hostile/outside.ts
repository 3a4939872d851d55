import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { folderOf } from '../cli/cli.ts'

/** What no output may show. */
export const marker = 'Qx7Vn2Wz9Kp'

/** Files beside a project that are none of its business, each full of the marker. */
const secrets: Readonly<Record<string, string>> = {
  'stack.yaml': `services:
  web:
    image: ${marker}image
    environment: { PORT: ${marker}port, ${marker}NAME: "1" }
  ${marker}svc:
    image: ${marker}
`,
  'vars.env': `PHX_HOST=${marker}host\n${marker}=1\nPORT=${marker}\n`,
  key: `-----BEGIN ${marker} KEY-----\n${marker}${marker}==\n`,
  'settings.yaml': `rules:\n  ${marker}: off\nignore: ${marker}\n`,
  'known.json': `{"version": 1, "findings": "${marker}"}\n`,
  Dockerfile: `FROM ${marker}\nRUN ${marker}\nENV SECRET_KEY_BASE=${marker}\n`,
  'runtime.exs': `import Config\nconfig :shop, ShopWeb.Endpoint, url: [host: "${marker}"], http: [port: "${marker}"]\n`,
}

const project: Readonly<Record<string, string>> = {
  Dockerfile: `FROM elixir:1.18
ENV MIX_ENV=prod
COPY . .
RUN mix release
CMD ["_build/prod/rel/shop/bin/shop", "start"]
`,
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
end
`,
  'config/runtime.exs': `import Config
config :shop, ShopWeb.Endpoint,
  url: [host: System.fetch_env!("PHX_HOST")],
  http: [port: String.to_integer(System.get_env("PORT", "4000"))]
`,
  'compose.yaml': 'services:\n  web:\n    build: .\n',
}

/** A place on a disk: a project with secrets around it. */
export interface Place {
  readonly outer: string
  readonly root: string
  readonly home: string
}

/** Makes a project, in a repository or not, with what the attack changes in it. */
export function placeOf(attack: Attack, isRepository: boolean): Place {
  const outer = folderOf({})
  const place = { outer, root: join(outer, 'work/shop'), home: join(outer, 'home') }
  const write = (folder: string, files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
  }
  write(place.root, project)
  write(join(outer, 'work/outside'), secrets)
  write(place.home, secrets)
  if (isRepository) mkdirSync(join(place.root, '.git'))
  const { files = {}, links = {} } = attack.in(place)
  write(place.root, files)
  for (const [path, to] of Object.entries(links)) {
    mkdirSync(dirname(join(place.root, path)), { recursive: true })
    rmSync(join(place.root, path), { recursive: true, force: true })
    symlinkSync(to, join(place.root, path))
  }
  return place
}

/** Takes away all that lies outside, so that what is said with and without it can be compared. */
export function emptyAround({ outer, home }: Place): void {
  for (const folder of [join(outer, 'work/outside'), home]) {
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
  }
}

export interface Attack {
  readonly name: string
  readonly in: (place: Place) => {
    readonly files?: Readonly<Record<string, string>>
    readonly links?: Readonly<Record<string, string>>
  }
}

type Ask = (path: string) => Readonly<Record<string, string>>

const web = (lines: string): string => `services:\n  web:\n    build: .\n${lines}`
const asks: readonly (readonly [string, string, Ask])[] = [
  ['include', 'stack.yaml', (path) => ({ 'compose.yaml': `include:\n  - ${path}\n${web('')}` })],
  ['include of no YAML', 'key', (path) => ({ 'compose.yaml': `include:\n  - path: ${path}\n${web('')}` })],
  [
    'include env_file',
    'vars.env',
    (path) => ({
      'compose.yaml': `include:\n  - path: other.yaml\n    env_file: ${path}\n${web('')}`,
      'other.yaml': 'services:\n  other:\n    image: x\n    environment: [ "HOST=${PHX_HOST}" ]\n',
    }),
  ],
  ['extends', 'stack.yaml', (path) => ({ 'compose.yaml': web(`    extends: { file: ${path}, service: web }\n`) })],
  ['extends of no YAML', 'key', (path) => ({ 'compose.yaml': web(`    extends: { file: ${path}, service: web }\n`) })],
  ['env_file', 'vars.env', (path) => ({ 'compose.yaml': web(`    env_file: ${path}\n`) })],
  ['env_file, raw', 'vars.env', (path) => ({ 'compose.yaml': web(`    env_file: [{path: ${path}, format: raw}]\n`) })],
  ['env_file of no variables', 'key', (path) => ({ 'compose.yaml': web(`    env_file: ${path}\n`) })],
  ['label_file', 'vars.env', (path) => ({ 'compose.yaml': web(`    label_file: ${path}\n`) })],
  ['COMPOSE_FILE', 'stack.yaml', (path) => ({ '.env': `COMPOSE_FILE=${path}\n` })],
  ['baseline', 'known.json', (path) => ({ '.docker-gotchas.yaml': `baseline: ${path}\n` })],
]

/** From the project to a file beside it, with the links that the way needs. */
export const ways: readonly (readonly [
  string,
  (file: string, place: Place) => readonly [string, Readonly<Record<string, string>>],
])[] = [
  ['../', (file) => [`../outside/${file}`, {}]],
  ['absolute', (file, { outer }) => [join(outer, 'work/outside', file), {}]],
  ['~/', (file) => [`~/${file}`, {}]],
  ['a link', (file) => [`near-${file}`, { [`near-${file}`]: `../outside/${file}` }]],
  ['an absolute link', (file, { home }) => [`near-${file}`, { [`near-${file}`]: join(home, file) }]],
  ['a link on the way', (file) => [`way/${file}`, { way: '../outside' }]],
  ['a link to a link', (file) => [`one/two/${file}`, { 'one/two': '../far', far: '../outside' }]],
  ['a link to all of the disk', (file, { home }) => [`disk${home}/${file}`, { disk: '/' }]],
  ['back through itself', (file) => [`config/../../shop/../outside/${file}`, {}]],
]

const byAsking: readonly Attack[] = asks.flatMap(([what, file, ask]) =>
  ways.map(([how, way]) => ({
    name: `${what} by ${how}`,
    in: (place: Place) => {
      const [path, links] = way(file, place)
      return { files: ask(path), links }
    },
  })),
)

const linked: readonly (readonly [string, string])[] = [
  ['.docker-gotchas.yaml', 'settings.yaml'],
  ['.docker-gotchas.yml', 'key'],
  ['compose.yaml', 'stack.yaml'],
  ['compose.override.yaml', 'stack.yaml'],
  ['Dockerfile', 'Dockerfile'],
  ['Dockerfile', 'key'],
  ['config/runtime.exs', 'runtime.exs'],
  ['config', '.'],
  ['.env', 'vars.env'],
  ['.env', 'key'],
  ['.dockerignore', 'key'],
  ['.gitignore', 'key'],
  ['mix.exs', 'key'],
  ['fly.toml', 'key'],
  ['Makefile', 'key'],
  ['rel/env.sh.eex', 'vars.env'],
]

const byLinks: readonly Attack[] = linked.flatMap(([path, file]) =>
  [
    (to: Place) => join(to.outer, 'work/outside', file),
    () => `${'../'.repeat(path.split('/').length)}outside/${file}`,
    (to: Place) => join(to.home, file),
  ].map((target, index) => ({
    name: `${path} as a link to ${file} (${index + 1})`,
    in: (place: Place) => ({ links: { [path]: target(place) } }),
  })),
)

/** Every way of ours to make the program read what lies outside of a project. */
export const attacks: readonly Attack[] = [...byAsking, ...byLinks]

/** What may be asked of a project. */
export const commands: readonly (readonly string[])[] = [
  ['lint'],
  ['lint', '--format', 'json', '--no-ignores'],
  ['lint', '--format', 'sarif', 'compose.yaml'],
  ['lint', 'Dockerfile'],
  ['env', '--show-secrets'],
  ['env', '--format', 'json', '--show-secrets', '--from-environment'],
  ['env', '.env', '--show-secrets'],
  ['boot', '--show-secrets'],
  ['boot', '--format', 'json', '--env-file', '.env'],
  ['fix', '--unsafe', '--diff'],
  ['graph', '--format', 'json'],
  ['graph', 'Dockerfile'],
  ['explain', 'compose.yaml:1'],
  ['explain', 'Dockerfile:3'],
  ['init', '--yes', '--force'],
]
