import type { BuildTool } from '../../stages/build-tools.ts'

/** What compiling a package takes that Elixir does not bring. */
export interface NativePackage {
  readonly tools: readonly BuildTool[]
  /** The first version, major and minor, that brings compiled files of its own for glibc and musl. */
  readonly compiledSince?: readonly [major: number, minor: number]
  /** What it says of that. */
  readonly source: string
}

const make: readonly BuildTool[] = ['make', 'cc', 'headers']
const port: readonly BuildTool[] = ['cc', 'headers']

/** The packages that compile C, C++ or Rust, by `elixir_make`, hooks of rebar3 or Cargo, or bring what is compiled for glibc only. */
export const nativePackages: Readonly<Record<string, NativePackage>> = {
  argon2_elixir: { tools: make, source: 'https://hexdocs.pm/argon2_elixir/readme.html' },
  bcrypt: { tools: make, source: 'https://github.com/erlangpack/bcrypt/blob/main/rebar.config' },
  bcrypt_elixir: { tools: make, source: 'https://hexdocs.pm/bcrypt_elixir/readme.html' },
  brotli: { tools: make, source: 'https://github.com/hauleth/erl-brotli/blob/master/rebar.config' },
  cmark: { tools: make, source: 'https://github.com/asaaki/cmark.ex/blob/main/mix.exs' },
  crc32cer: { tools: make, source: 'https://github.com/kafka4beam/crc32cer/blob/master/rebar.config' },
  enacl: { tools: port, source: 'https://github.com/jlouis/enacl/blob/master/rebar.config' },
  erlexec: { tools: ['make', 'c++', 'headers'], source: 'https://github.com/saleyn/erlexec/blob/master/rebar.config' },
  esqlite: { tools: port, source: 'https://github.com/mmzeeman/esqlite/blob/master/rebar.config.script' },
  exla: { tools: ['make', 'c++', 'headers'], source: 'https://hexdocs.pm/exla/EXLA.html' },
  exqlite: { tools: make, compiledSince: [0, 13], source: 'https://hexdocs.pm/exqlite/changelog.html' },
  ezstd: {
    tools: ['make', 'cc', 'headers', 'git'],
    source: 'https://github.com/silviucpp/ezstd/blob/master/rebar.config',
  },
  fast_html: { tools: make, source: 'https://hexdocs.pm/fast_html/readme.html' },
  fast_tls: { tools: port, source: 'https://github.com/processone/fast_tls#build' },
  fast_xml: { tools: port, source: 'https://github.com/processone/fast_xml#build' },
  fast_yaml: { tools: port, source: 'https://github.com/processone/fast_yaml#build' },
  html5ever: { tools: ['cargo'], compiledSince: [0, 10], source: 'https://hexdocs.pm/html5ever/changelog.html' },
  iconv: { tools: port, source: 'https://github.com/processone/iconv#build' },
  jiffy: { tools: ['cc', 'c++', 'headers'], source: 'https://github.com/davisp/jiffy/blob/master/rebar.config' },
  keccakf1600: { tools: make, source: 'https://github.com/potatosalad/erlang-keccakf1600/blob/master/rebar.config' },
  meeseeks_html5ever: {
    tools: ['cargo'],
    compiledSince: [0, 14],
    source: 'https://github.com/mischov/meeseeks_html5ever/blob/main/CHANGELOG.md',
  },
  muontrap: { tools: make, source: 'https://hexdocs.pm/muontrap/readme.html' },
  picosat_elixir: { tools: make, source: 'https://github.com/bitwalker/picosat_elixir/blob/main/mix.exs' },
  snappyer: {
    tools: ['cc', 'c++', 'headers'],
    source: 'https://github.com/kafka4beam/snappyer/blob/master/rebar.config',
  },
  stringprep: { tools: port, source: 'https://github.com/processone/stringprep#build' },
  xla: { tools: ['glibc'], source: 'https://github.com/elixir-nx/xla/blob/main/lib/xla.ex' },
}
