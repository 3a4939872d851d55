import { readFileSync } from 'node:fs'

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>

/** A healthy project with one construct in it `n` times. */
export interface Shape {
  readonly name: string
  readonly texts: (n: number) => Texts
}

/** `open…close` a line, by language: what stands before and behind the rest of a construct that nests. */
const constructs = new Map(
  readFileSync(new URL('./constructs.txt', import.meta.url), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const [name = '', ...lines] = part.trimEnd().split('\n')
      return [name, lines.map((line) => line.split('…').map(unescaped))] as const
    }),
)

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-f]{4})|(.))/g, (_, code, char) =>
    code === undefined
      ? ({ n: '\n', t: '\t', r: '\r' }[String(char)] ?? String(char))
      : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** What one language can nest, and where a text of it stands. */
interface Language {
  readonly name: string
  readonly leaf: string
  readonly places: Readonly<Record<string, (text: string) => Texts>>
}

const dockerfile = (run: string, runner = '') => `FROM elixir:1.18 AS builder
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix deps.get --only prod
${run}
RUN mix release
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 locales ca-certificates curl
ENV LANG=C.UTF-8
${runner}
WORKDIR /app
COPY --from=builder --chown=nobody:root /app/_build/prod/rel/shop ./
USER nobody
CMD ["/app/bin/server"]
`

const elixir: Language = {
  name: 'Elixir',
  leaf: '1',
  places: {
    'runtime.exs': (text) => ({
      'config/runtime.exs': `import Config\nconfig :shop, ShopWeb.Endpoint, server: true\nx = ${text}\nconfig :shop, x: x\n`,
    }),
    'mix.exs': (text) => ({
      'mix.exs': `defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0", aliases: [a: ${text}], deps: [{:phoenix, "~> 1.7"}]]\nend\n`,
    }),
    'a module': (text) => ({ 'lib/shop/a.ex': `defmodule Shop.A do\n  def f(x) do\n    ${text}\n  end\nend\n` }),
  },
}

const shell: Language = {
  name: 'shell',
  leaf: 'true',
  places: {
    RUN: (text) => ({ Dockerfile: dockerfile(`RUN ${text}`) }),
    entrypoint: (text) => ({
      'docker/entrypoint.sh': `#!/bin/sh\nset -e\n${text}\nexec "$@"\n`,
      Dockerfile: dockerfile('', 'COPY docker/entrypoint.sh /e.sh\nENTRYPOINT ["/e.sh"]'),
    }),
    CMD: (text) => ({ Dockerfile: `${dockerfile('')}CMD ${text}\n` }),
    'a health check': (text) => ({ Dockerfile: dockerfile('', `HEALTHCHECK CMD ${text}`) }),
    'a compose command': (text) => ({
      'compose.yaml': `services:\n  web:\n    build: .\n    command: ${JSON.stringify(text.replaceAll('$', '$$$$'))}\n`,
    }),
    'a recipe': (text) => ({
      Dockerfile: dockerfile('RUN make all && just all'),
      Makefile: `all:\n\t${text.replaceAll('\n', ' ').replaceAll('$', '$$$$')}\n`,
      justfile: `all:\n  ${text.replaceAll('\n', ' ')}\n`,
    }),
    'an alias of mix': (text) => ({
      'mix.exs': `defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0", aliases: ["deps.get": [${JSON.stringify(`cmd ${text}`).replaceAll('#{', '# {')}]]]\nend\n`,
    }),
    'a script of npm': (text) => ({
      Dockerfile: dockerfile('RUN npm run a'),
      'package.json': JSON.stringify({ scripts: { a: text } }),
    }),
    Procfile: (text) => ({ Procfile: `web: ${text.replaceAll('\n', ' ')}\n` }),
  },
}

const instructions: Language = {
  name: 'Dockerfile',
  leaf: 'a',
  places: Object.fromEntries(
    [
      'ENV A=',
      'ARG A=',
      'LABEL A=',
      'WORKDIR ',
      'COPY ',
      'COPY . /',
      'ADD ',
      'USER ',
      'EXPOSE ',
      'VOLUME ',
      'RUN ',
      'CMD ',
      'ENTRYPOINT ',
      'SHELL ',
      'HEALTHCHECK ',
      'STOPSIGNAL ',
      'ONBUILD ',
      'FROM ',
      'COPY --from=',
      'RUN --mount=',
    ].map((word) => [word.trim(), (text: string) => ({ Dockerfile: dockerfile('', `${word}${text}`) })]),
  ),
}

const yaml: Language = {
  name: 'YAML',
  leaf: 'a',
  places: {
    environment: (text) => ({
      'compose.yaml': `services:\n  web:\n    build: .\n    environment:\n      A: ${text}\n`,
    }),
    image: (text) => ({ 'compose.yaml': `services:\n  web:\n    build: .\n    image: ${text}\n` }),
    'an extension': (text) => ({ 'compose.yaml': `x-a: ${text}\nservices:\n  web:\n    build: .\n` }),
    settings: (text) => ({ '.docker-gotchas.yaml': `rules: ${text}\n` }),
    ignore: (text) => ({ '.docker-gotchas.yaml': `ignore:\n  - ${text}\n` }),
    ports: (text) => ({ 'compose.yaml': `services:\n  web:\n    build: .\n    ports:\n      - ${text}\n` }),
    'env file': (text) => ({
      'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: prod.env\n',
      'prod.env': `A=${text}\n`,
    }),
    'a workflow': (text) => ({ 'docker/deploy.yml': `a: ${text}\n` }),
  },
}

const json: Language = {
  name: 'JSON',
  leaf: '1',
  places: {
    'package.json': (text) => ({
      Dockerfile: dockerfile('RUN npm run a'),
      'package.json': `{"scripts": ${text}}`,
    }),
    CMD: (text) => ({ Dockerfile: `${dockerfile('')}CMD [${text}]\n` }),
    'compose.json': (text) => ({ 'compose.yaml': `{"services": {"web": {"build": ".", "environment": ${text}}}}` }),
  },
}

const make: Language = {
  name: 'Make',
  leaf: 'a',
  places: {
    'a variable': (text) => ({
      Dockerfile: dockerfile('RUN make all'),
      Makefile: `A=${text}\nall: $(A)\n\techo $(A)\n`,
    }),
    'a line': (text) => ({ Dockerfile: dockerfile('RUN make all'), Makefile: `${text}\nall:\n\techo $(A)\n` }),
  },
}

const just: Language = {
  name: 'just',
  leaf: 'a',
  places: {
    'a variable': (text) => ({
      Dockerfile: dockerfile('RUN just all'),
      justfile: `a := ${text}\nall:\n  echo {{a}}\n`,
    }),
    'a line': (text) => ({ Dockerfile: dockerfile('RUN just all'), justfile: `${text}\nall:\n  echo ${text}\n` }),
  },
}

const patterns: Language = {
  name: 'patterns',
  leaf: 'a',
  places: {
    '.dockerignore': (text) => ({ '.dockerignore': `${text}\n${text}b\n` }),
    '.gitignore': (text) => ({ '.gitignore': `${text}\n` }),
    COPY: (text) => ({ Dockerfile: dockerfile(`COPY ${text} /x/`) }),
    rm: (text) => ({ Dockerfile: dockerfile(`RUN rm -rf ${text}`) }),
    settings: (text) => ({
      '.docker-gotchas.yaml': `ignore:\n  - rule: secret-in-layer\n    path: ${JSON.stringify(text)}\n`,
    }),
    case: (text) => ({ Dockerfile: dockerfile(`RUN case ${'a'.repeat(200)} in ${text}) rm -rf /x;; esac`) }),
    'a long name': (text) => ({
      '.dockerignore': `${text}b\n`,
      [`${'a'.repeat(200)}.txt`]: '',
      [`${'a/'.repeat(25)}a.txt`]: '',
    }),
  },
}

const languages: readonly Language[] = [elixir, shell, instructions, yaml, json, make, just, patterns]

/** Every construct of every language, nested in every place. */
export const nested: readonly Shape[] = languages.flatMap(({ name, leaf, places }) =>
  (constructs.get(name) ?? []).flatMap(([open = '', close = '']) =>
    Object.entries(places).map(([place, texts]) => ({
      name: `${name}: ${JSON.stringify(`${open}…${close}`)} in ${place}`,
      texts: (n: number) => texts(open.repeat(n) + leaf + close.repeat(n)),
    })),
  ),
)

const runs = (constructs.get('runs') ?? []).map(([run = '']) => run)
const ends = ['', 'x', '\n']

/** Every run of one thing in every place of every language. */
export const repeated: readonly Shape[] = languages.flatMap(({ name, places }) =>
  Object.entries(places).flatMap(([place, texts]) =>
    runs.map((run, index) => ({
      name: `${name}: a run of ${JSON.stringify(run)} in ${place}`,
      texts: (n: number) => texts(run.repeat(n) + (ends[index % ends.length] ?? '')),
    })),
  ),
)

const files = [
  'Dockerfile',
  '.dockerignore',
  '.gitignore',
  '.env',
  'prod.env',
  'compose.yaml',
  'docker-compose.override.yml',
  'mix.exs',
  'mix.lock',
  'config/runtime.exs',
  'config/prod.exs',
  'lib/shop/a.ex',
  'lib/shop_web/router.ex',
  'package.json',
  'Makefile',
  'justfile',
  'Procfile',
  'fly.toml',
  '.tool-versions',
  'docker/entrypoint.sh',
  'script',
  '.docker-gotchas.yaml',
  '.npmrc',
  'rel/env.sh.eex',
  'rel/vm.args.eex',
  'litefs.yml',
]

/** Whole files of one thing. */
export const whole: readonly Shape[] = files.flatMap((file) =>
  runs.map((run) => ({
    name: `${file} of ${JSON.stringify(run)}`,
    texts: (n: number) => ({ [file]: run.repeat(n) }),
  })),
)
