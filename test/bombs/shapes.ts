/** A healthy project with one thing in it too often: a naive look at it takes for ever. */
export interface Bomb {
  readonly name: string
  readonly texts: Texts
  /** The rules that find errors in it. */
  readonly wrong: readonly string[]
}

/** Texts by path. */
type Texts = Readonly<Record<string, string>>

const dockerfile = (builder: string, runner: string, stages = '') => `FROM elixir:1.18 AS builder
RUN apt-get update && apt-get install -y nodejs npm make
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix deps.get --only prod
RUN mix assets.deploy
${builder}
WORKDIR /app
RUN mix release
${stages}FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 locales ca-certificates curl
ENV LANG=C.UTF-8
WORKDIR /app
COPY --from=builder --chown=nobody:root /app/_build/prod/rel/shop ./
COPY --chmod=755 docker/entrypoint.sh /usr/local/bin/entrypoint.sh
${runner}
USER nobody
WORKDIR /app
ENTRYPOINT ["/usr/local/bin/entrypoint.sh"]
CMD ["/app/bin/server"]
`

const many = (count: number, line: (index: number) => string, joiner = '\n') =>
  Array.from({ length: Math.ceil(count) }, (_, index) => line(index)).join(joiner)

/** Lines that stand once in the stage that builds, and once in the image that ships. */
const lines = (n: number): Texts => ({
  RUN: many(n, () => 'RUN mix compile && echo done'),
  COPY: many(n, (i) => `COPY lib /x/a${i}`),
  'COPY to one place': many(n, () => 'COPY lib /x/app'),
  'COPY .': many(n, () => 'COPY . /x'),
  'COPY --from of an image': many(n, (i) => `COPY --from=nginx:${i} /etc/nginx /x`),
  'COPY of wildcards': many(n, (i) => `COPY l*b/*.ex${i % 7} /x${i}/`),
  'COPY --parents': many(n, (i) => `COPY --parents lib/**/*.ex /x${i}/`),
  'COPY --exclude': many(n, (i) => `COPY --exclude=**/*.md . /x${i}/`),
  'COPY heredoc': many(n, (i) => `COPY <<E /h${i}/x\nhello\nE`),
  ADD: many(n, (i) => `ADD https://files.acme-tools.org/a${i}.tar.gz /a/`),
  ENV: many(n, (i) => `ENV A${i}=\${A${i - 1}}x`),
  'ENV that doubles': many(n, (i) => (i ? 'ENV A=$A$A' : 'ENV A=xy')),
  ARG: many(n, (i) => `ARG A${i}=\${A${i - 1}}x`),
  'ARG that doubles': many(n, (i) => (i ? `ARG A${i}=\${A${i - 1}}\${A${i - 1}}` : 'ARG A0=xy')),
  'WORKDIR, nested, and RUN': many(n / 2, () => 'WORKDIR a\nRUN touch x'),
  'WORKDIR, nested, and COPY': many(n / 2, () => 'WORKDIR a\nCOPY lib lib'),
  SHELL: many(n, () => 'SHELL ["/bin/sh", "-e", "-c"]'),
  ONBUILD: many(n, () => 'ONBUILD COPY . /x'),
  'RUN with bind mounts': many(n, (i) => `RUN --mount=type=bind,target=/m${i} cp /m${i}/mix.exs /x`),
  'RUN with one cache': many(n, (i) => `RUN --mount=type=cache,target=/c touch /c/${i} && cp /c/${i} /c/x`),
  'RUN with a chain of caches': many(
    n,
    (i) => `RUN --mount=type=cache,id=${i},target=/c --mount=type=cache,id=${i + 1},target=/d cp /c/x /d/x`,
  ),
  'RUN with many mounts': `RUN ${many(n, (i) => `--mount=type=cache,id=${i},target=/c${i}`, ' ')} touch /c1/x`,
  rm: many(n, () => 'RUN rm -rf /x && mkdir /x'),
  'rm of wildcards': many(n, (i) => `RUN touch /x/y${i} && rm -rf /x/*${i}`),
  mv: many(n, () => 'RUN mv /x /y && mv /y /x'),
  'cp that doubles': many(n, () => 'RUN cp -r /x /x/a && cp -r /x /x/b'),
  'ln in a circle': many(n, () => 'RUN ln -sf /a /b && ln -sf /b /a'),
  'ln in folders': many(n, (i) => `RUN ln -s /a/../b /b/${i} && ln -s /b /b/x`),
  'one RUN with &&': `RUN ${many(n, (i) => `touch /x${i}`, ' && ')}`,
  'one RUN with a variable that doubles': `RUN A=x; ${many(n, () => 'A=$A$A', '; ')}; touch $A`,
  'one RUN of nested subshells': `RUN ${'('.repeat(n)}touch /x${')'.repeat(n)}`,
  'one RUN of loops': `RUN ${many(n / 10, (i) => `for a${i} in a b; do `, '')} touch /x; ${many(n / 10, () => 'done; ', '')}true`,
  'one RUN of functions that double': `RUN ${many(n / 10, (i) => `f${i}() { f${i + 1}; f${i + 1}; }`, '; ')}; f0`,
  'one RUN of a function that calls itself': 'RUN f() { f; f; }; f',
  'one RUN of nested substitutions': `RUN echo ${'$(echo '.repeat(n / 4)}x${')'.repeat(n / 4)}`,
  'one RUN with arguments that double': `RUN set -- a; ${many(40, () => 'set -- "$@" "$@"', '; ')}; touch "$@"`,
  'functions with arguments that double': `RUN ${many(20, (i) => `f${i}() { f${i + 1} "$@" "$@"; }`, '; ')}; f20() { touch "$@"; }; f0 a`,
  'one RUN of braces': `RUN rm ${'{a,b}'.repeat(20)}`,
  'one RUN of wrappers': `RUN ${'env A=b nice -n 5 sudo '.repeat(n)}touch /x`,
  'one RUN of shells in shells': `RUN ${'sh -c '.repeat(n)}touch`,
  'one RUN of spaces': `RUN touch${' '.repeat(n * 50)}/x`,
  'a long path': `WORKDIR /${'a/'.repeat(n * 5)}\nCOPY lib lib`,
  'a pattern of stars': many(10, () => `COPY ${'*a'.repeat(50)} /x/`),
})

const stageBombs = (n: number): Texts => ({
  'COPY --from of one stage': dockerfile(
    '',
    many(n, () => 'COPY --from=builder /app /y/app'),
  ),
  'COPY --from of one path': dockerfile(
    '',
    many(n, (i) => `COPY --from=builder /app/_build/prod/rel/shop /y${i}`),
  ),
  'COPY --from into itself': dockerfile(
    '',
    many(n, (i) => `COPY --from=builder /app/${i} ./`),
  ),
  'COPY --from of wildcards': dockerfile(
    '',
    many(n, (i) => `COPY --from=builder /app/*/r*${i} /y${i}/`),
  ),
  'stages in a chain': dockerfile(
    '',
    '',
    many(n, (i) => `FROM ${i ? `s${i - 1}` : 'builder'} AS s${i}\n`, ''),
  ).replace('COPY --from=builder', `COPY --from=s${n - 1}`),
  'stages that copy twice': dockerfile(
    '',
    '',
    many(n / 4, (i) => `FROM scratch AS s${i}\n${copyTwice(i ? `s${i - 1}` : 'builder')}`, ''),
  ).replace('COPY --from=builder --chown', `COPY --from=s${n / 4 - 1} --chown`),
  'stages in a fan, gathered': dockerfile(
    '',
    many(n / 3, (i) => `COPY --from=s${i} /o /o`),
    many(n / 3, (i) => `FROM builder AS s${i}\nRUN touch /o/${i}\n`, ''),
  ),
  'stages in a circle': dockerfile(
    '',
    '',
    many(n / 2, (i) => `FROM s${(i + 1) % (n / 2)} AS s${i}\nCOPY --from=s${(i + 7) % (n / 2)} /a /a\n`, ''),
  ),
  'ONBUILD in a fan': dockerfile(
    many(n / 10, () => 'ONBUILD RUN touch /x'),
    '',
    many(n / 10, (i) => `FROM builder AS s${i}\n`, ''),
  ),
  'global ARG that doubles': `${many(n, (i) => (i ? `ARG A${i}=\${A${i - 1}}\${A${i - 1}}` : 'ARG A0=xy'))}\n${dockerfile('', '')}`,
  'global ARGs in ENV': `${many(n, (i) => `ARG A${i}`)}\n${dockerfile(
    many(n, (i) => `ENV B${i}=$A${i}`),
    '',
  )}`,
})

const copyTwice = (stage: string) => `COPY --from=${stage} /app /app\nCOPY --from=${stage} /app /app/x\n`

/** Files beside the Dockerfile, by the name of the bomb. */
const fileBombs = (n: number, healthy: Texts): Readonly<Record<string, Texts>> => ({
  'scripts that start each other': {
    Dockerfile: dockerfile('RUN sh s0.sh', ''),
    ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`s${i}.sh`, `. ./s${i + 1}.sh\n./s${i + 1}.sh\n`])),
  },
  'scripts in a circle': {
    Dockerfile: dockerfile('RUN sh a.sh', ''),
    'a.sh': '. ./b.sh\n./b.sh\n',
    'b.sh': '. ./a.sh\nsh a.sh\n',
  },
  'a long entrypoint': {
    'docker/entrypoint.sh': `#!/bin/sh\n${many(n / 10, (i) => `export A${i}=x$A${i - 1}`)}\nexec "$@"\n`,
  },
  'aliases that double': {
    'mix.exs': mixfile(
      healthy,
      many(n / 10, (i) => `a${i}: ["a${i + 1}", "a${i + 1}"]`, ', '),
    ),
  },
  'aliases in a circle': { 'mix.exs': mixfile(healthy, 'a0: ["b", "b"], b: ["a0", "a0"]') },
  'one long alias': { 'mix.exs': mixfile(healthy, `a0: [${many(n, () => '"compile"', ', ')}]`) },
  'make that calls itself': {
    Dockerfile: dockerfile('RUN make t0', ''),
    Makefile: many(n / 10, (i) => `t${i}: t${i + 1} u${i + 1}\n\techo ${i}\nu${i}: t${i + 1}\n\tmake t${i + 1}`),
  },
  'make of many targets': {
    Dockerfile: dockerfile('RUN make all', ''),
    Makefile: `all: ${many(n, (i) => `t${i}`, ' ')}\n${many(n, (i) => `t${i}:\n\ttouch ${i}`)}\n`,
  },
  'make variables that double': {
    Dockerfile: dockerfile('RUN make t', ''),
    Makefile: `V0=xy\n${many(n / 10, (i) => `V${i + 1}=$(V${i})$(V${i})`)}\nt:\n\techo $(V${n / 10})\n`,
  },
  'just that calls itself': {
    Dockerfile: dockerfile('RUN just t0', ''),
    justfile: many(n / 10, (i) => `t${i}: t${i + 1} u${i + 1}\n  just t${i + 1}\nu${i}: t${i + 1}\n  echo`),
  },
  'npm that calls itself': {
    Dockerfile: dockerfile('RUN npm run s0', ''),
    'package.json': JSON.stringify({
      scripts: Object.fromEntries(
        Array.from({ length: n / 10 }, (_, i) => [`s${i}`, `npm run s${i + 1} && npm run s${i + 1}`]),
      ),
    }),
  },
  'variables of compose that double': {
    'compose.yaml': (healthy['compose.yaml'] ?? '').replace('LOG_LEVEL: info', `LOG_LEVEL: info\n      A: $A${n - 1}`),
    '.env': `A0=xy\n${many(n, (i) => `A${i + 1}=$A${i}$A${i}`)}\n`,
  },
  'services that are built alike': { 'compose.yaml': copiedServices(healthy['compose.yaml'] ?? '', n / 10) },
  'keys of keys in runtime.exs': { 'config/runtime.exs': runtime(healthy, `%{}${'[:a]'.repeat(n)}`) },
  'keys of keys in mix.exs': { 'mix.exs': mixfile(healthy, `a0: [], a1: (%{}${'[:a]'.repeat(n)} || [])`) },
  'variables that are many': {
    'config/runtime.exs': runtime(
      healthy,
      many(n, (i) => `a${i} = ${i}`),
    ),
  },
  ...Object.fromEntries(
    Object.entries(doubling).map(([name, line]) => [
      `${name} that double in runtime.exs`,
      { 'config/runtime.exs': runtime(healthy, `1\nx = ${line.start}\n${many(n / 10, () => `x = ${line.next}`)}\nx`) },
    ]),
  ),
  'patterns of .dockerignore': {
    '.dockerignore': many(n, (i) => `${i % 2 ? '!' : ''}**/x${i}*/**/y`),
    ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`files/${i % 100}/${i}.txt`, ''])),
  },
  'wildcards over many files': {
    Dockerfile: dockerfile(
      '',
      many(n / 10, (i) => `COPY files/*/${i}*.txt /x/`),
    ),
    ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`files/${i % 100}/${i}.txt`, ''])),
  },
})

const doubling: Readonly<Record<string, { readonly start: string; readonly next: string }>> = {
  texts: { start: '"a"', next: 'x <> x' },
  lists: { start: '[1]', next: 'x ++ x' },
  numbers: { start: '2', next: 'x * x' },
  tuples: { start: '1', next: '{x, x}' },
  'texts of terms': { start: '"\\""', next: 'inspect({x, x})' },
}

const runtime = (healthy: Texts, value: string) =>
  `${healthy['config/runtime.exs']}\nvalue = ${value}\nconfig :shop, value: value\n`

/** The first service of a compose file, so many times. */
function copiedServices(compose: string, count: number): string {
  const [service = ''] = /^ {2}web:\n(?: {4}.*\n)+/m.exec(compose) ?? []
  return compose.replace(
    service,
    many(count, (i) => service.replace('web', `web${i}`).replace('4000:4000', `${4000 + i}:4000`), ''),
  )
}

const mixfile = (healthy: Texts, aliases: string) =>
  (healthy['mix.exs'] ?? '').replace('"assets.deploy": [', `${aliases},\n      "assets.deploy": ["a0", `)

/** What cannot work, however often: an alias of Mix that comes to itself asks for a task of that name. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  'stages in a circle': ['dockerfile-syntax'],
  'aliases in a circle': ['no-such-command'],
}

/** Every bomb of the size `n`, a multiple of 60, as a change of the project `healthy`. */
export const bombs = (n: number, healthy: Texts): readonly Bomb[] => {
  const changes: [string, Texts][] = [
    ...Object.entries(lines(n)).flatMap(([name, text]): [string, Texts][] => [
      [`${name}, in the builder`, { Dockerfile: dockerfile(text, '') }],
      [`${name}, in the image that ships`, { Dockerfile: dockerfile('', text) }],
    ]),
    ...Object.entries(stageBombs(n)).map(([name, text]): [string, Texts] => [name, { Dockerfile: text }]),
    ...Object.entries(fileBombs(n, healthy)),
  ]
  return changes.map(([name, texts]) => ({
    name,
    texts: { ...healthy, ...texts },
    wrong: mistakes[name] ?? [],
  }))
}

/** Of what stands in the builder or in the image that ships only one of both, in turn. */
export const inOnePlace = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
  all.filter(({ name }, n) => !/, in the (builder|image that ships)$/.test(name) || n % 2 === (n >> 1) % 2)
