import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cli, folderOf } from '../cli/cli.ts'
import { tarOfShop } from '../cli/saved-shop.ts'
import { type SecretPlace, templates } from './secret-places.ts'

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const alphabets = [letters, `${letters}$#/%@=+`, `${letters}$#/%@=+"'`, `${letters}+/=`, `${letters}-_`]

/** A secret of 12 to 64 characters. */
export function secretOf(random: () => number): string {
  const alphabet = alphabets[Math.floor(random() * alphabets.length)] ?? letters
  const length = 12 + Math.floor(random() * 53)
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
}

/** A place with a secret in it. */
export interface Planted {
  readonly place: SecretPlace
  readonly secret: string
}

const pathOf = (file: string): string => (file.startsWith('compose.') ? 'compose.yaml' : file)

/** The places in groups of which each is one project: a file holds one place at most. */
export function projectsOf(planted: readonly Planted[]): readonly (readonly Planted[])[] {
  const groups: Planted[][] = []
  for (const one of planted) {
    const path = pathOf(one.place.file)
    const free = groups.find((group) => group.every(({ place }) => pathOf(place.file) !== path))
    if (free) free.push(one)
    else groups.push([one])
  }
  return groups
}

const bare: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(templates)
    .filter(([file]) => !/^compose\.|^\.(npmrc|netrc|docker-gotchas)|start\.sh|justfile/.test(file))
    .map(([file, text]) => [file, text.replace(/^.*HERE.*\n/m, file.endsWith('json') ? '' : '\n')]),
)

/** The files of a project with these places. */
export function filesOf(planted: readonly Planted[]): Readonly<Record<string, string>> {
  const own = planted.map(({ place: { file, text }, secret }) => {
    const snippet = text.replaceAll('§', () => secret)
    return [pathOf(file), (templates[file] ?? 'HERE').replace('HERE', () => snippet)] as const
  })
  return {
    ...bare,
    'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: .env\n',
    ...Object.fromEntries(own),
  }
}

const graphs = ['tty', 'mermaid', 'dot', 'json', 'svg', 'html']
const groups: readonly (readonly (readonly string[])[])[] = [
  [['lint'], ['lint', '--format', 'json'], ['lint', '--format', 'sarif'], ['lint', '--quiet', '--no-ignores']],
  [['boot'], ['boot', '--format', 'json'], ['boot', '--format', 'markdown'], ['boot', '--env-file', '.env']],
  [
    ['boot', '--why', 'ShopWeb.Endpoint.secret_key_base'],
    ['boot', '--why', 'shop.x'],
    ['boot', '--why', 'Shop.Repo', '--format', 'json'],
    ['boot', '--write-env-example'],
  ],
  [['env'], ['env', '--format', 'json'], ['env', '--format', 'dotenv'], ['env', '.env']],
  [
    ['env', '--diff', '.env'],
    ['env', 'web', '--diff', 'db'],
    ['env', 'web', '--diff', 'web', '--format', 'json'],
    ['env', '.env', '--format', 'dotenv'],
  ],
  graphs.map((format) => ['graph', '--format', format]),
  [
    ['fix', '--diff', '--unsafe'],
    ['fix', '--dry-run', '--unsafe'],
    ['fix', '--diff', '--quiet'],
  ],
  [
    ['lint', '--write-baseline', 'known.json'],
    ['init', '--yes'],
  ],
]

/** All calls; or one of the first group and of every second one of the others, other ones for each number. */
function callsOf(number: number, all: boolean): readonly (readonly string[])[] {
  if (all) return groups.flat()
  const some = groups.filter((_, index) => index === 0 || (index + number) % 2 === 0)
  return some.map((calls) => calls[(number >> 1) % calls.length] ?? [])
}

/** All that stands in a text of five characters in a row. */
function fivesOf(text: string): ReadonlySet<string> {
  const fives = new Set<string>()
  for (let at = 0; at + 5 <= text.length; at++) fives.add(text.slice(at, at + 5))
  return fives
}

/** Five characters in a row of a secret that are among those of a text. */
const shownOf = (secret: string, fives: ReadonlySet<string>): string | undefined =>
  [...fivesOf(secret)].find((five) => fives.has(five))

const written = ['known.json', '.env.example']

/** What of the secrets every command shows of a project, as sentences. */
export async function leaksOf(planted: readonly Planted[], number: number, all: boolean): Promise<readonly string[]> {
  const files = filesOf(planted)
  const folder = folderOf(files)
  const explained = planted.map(({ place, secret }) => {
    const path = pathOf(place.file)
    const text = files[path] ?? ''
    return ['explain', `${path}:${text.slice(0, Math.max(0, text.indexOf(secret))).split('\n').length}`]
  })
  const leaks: string[] = []
  const wanted = all ? explained : explained.filter((_, index) => index === number % explained.length)
  for (const call of [...callsOf(number, all), ...wanted]) {
    const { stdout, stderr } = await cli(folder, call)
    const outputs = written.map((path) => readIfThere(join(folder, path)))
    const fives = fivesOf([stdout, stderr, ...outputs].join('\n'))
    for (const { place, secret } of planted) {
      const shown = shownOf(secret, fives)
      if (shown) leaks.push(`${call.join(' ')} shows ${shown} of ${secret} at ${place.file}: ${place.text}`)
    }
  }
  return leaks
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** What `image` shows of secrets in the history, the config and the files of a saved image. */
export async function leaksOfImage(random: () => number): Promise<readonly string[]> {
  const secrets: string[] = []
  const next = () => {
    const secret = secretOf(random)
    secrets.push(secret)
    return secret
  }
  const tar = await tarOfShop({
    env: [`SECRET_KEY_BASE=${next()}`, `DATABASE_URL=ecto://shop:${next()}@db/shop`, `X=${next()}`],
    cmd: ['/bin/sh', '-c', `API_TOKEN=${next()} exec /app/bin/shop start --token ${next()}`],
    history: [
      `RUN |1 TOKEN=${next()} /bin/sh -c mix release # buildkit`,
      `RUN /bin/sh -c curl -u me:${next()} https://example.org # buildkit`,
      `RUN /bin/sh -c mix hex.organization auth acme --key ${next()} # buildkit`,
      `ADD https://me:${next()}@example.org/a.tar.gz /a # buildkit`,
      `ENV X=${next()}`,
      `HEALTHCHECK &{["CMD-SHELL" "curl -H 'Authorization: Bearer ${next()}' http://localhost:4000/"] "30s"}`,
      `CMD ["env" "TOKEN=${next()}" "/app/bin/shop"]`,
      `LABEL token=${next()}`,
    ],
    below: {
      'root/.netrc': `machine example.org login me password ${next()}\n`,
      'app/.env': `SECRET_KEY_BASE=${next()}\nX=${next()}\n`,
      'etc/start.sh': `#!/bin/sh\nexport RELEASE_COOKIE=${next()}\n`,
      'root/.npmrc': `//registry.example.org/:_authToken=${next()}\n`,
      'app/key.pem': `-----BEGIN PRIVATE KEY-----\n${next()}\n-----END PRIVATE KEY-----\n`,
    },
    removed: ['app/.wh..env'],
  })
  const folder = folderOf({ 'shop.tar': tar })
  const leaks: string[] = []
  for (const format of ['tty', 'json', 'sarif']) {
    const { stdout, stderr } = await cli(folder, ['image', 'shop.tar', '--format', format])
    const fives = fivesOf(stdout + stderr)
    for (const secret of secrets) {
      const shown = shownOf(secret, fives)
      if (shown) leaks.push(`image --format ${format} shows ${shown} of ${secret}`)
    }
  }
  return leaks
}
