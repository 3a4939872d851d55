import { imageNameOf } from './image-name.ts'

/** What fetching and compiling dependencies may take; `certificates` of authorities, `headers` of the C library. */
export type BuildTool = 'git' | 'ssh' | 'certificates' | 'make' | 'cc' | 'c++' | 'headers' | 'cargo' | 'glibc'

/** The packages of the distributions by whether they bring a tool, with all that they surely depend on. */
interface Bringing {
  readonly brings: RegExp
  /** What may bring it along. */
  readonly may: RegExp
  /** What recommends it to apt, which installs that unless it is told not to. */
  readonly recommend?: RegExp
}

const whole = (names: string): RegExp => new RegExp(`^(${names})([-=<>~@:].*)?$`)
const toolchains = 'build-essential|build-base|alpine-sdk|base-devel|abuild|devscripts'
/** What may bring compilers along: on Alpine little does. */
const unsureOnAlpine = /^(@|rust|go$|ghc|linux-headers)/
const unsure =
  /^(@|npm$|yarnpkg$|node-gyp$|cmake|meson|autoconf|automake|dkms|erlang|elixir|esl-erlang|ruby|python3?-(pip|dev)|py3-pip|rust|go$|golang|llvm|linux-headers|.*-(devel|toolchain)$)/i

const bringing: Readonly<Record<BuildTool, Bringing>> = {
  git: {
    brings: whole('git|git-core|git-lfs|alpine-sdk|devscripts|tig|gitk'),
    may: /^(@|golang|go$|mercurial)/,
    recommend: /^(npm|yarnpkg|node-gyp)$/,
  },
  ssh: { brings: /ssh/, may: /^(@|ansible|devscripts|alpine-sdk)/, recommend: /^(git|npm|rsync)/ },
  certificates: { brings: whole('ca-certificates|npm'), may: /^@/, recommend: /./ },
  make: { brings: whole(`${toolchains}|make|gmake|dpkg-dev|debhelper`), may: unsure },
  cc: { brings: whole(`${toolchains}|gcc|g\\+\\+|clang|tcc|libtool|cargo|rustc?`), may: unsure, recommend: /-dev$/ },
  'c++': { brings: whole(`${toolchains}|g\\+\\+|gcc-c\\+\\+|clang`), may: unsure, recommend: /-dev$/ },
  headers: {
    brings: whole(`${toolchains}|libc6?-dev|musl-dev|g\\+\\+|gcc-c\\+\\+`),
    may: new RegExp(`${unsure.source}|^clang|-dev$`, 'i'),
    recommend: /^gcc/,
  },
  cargo: { brings: whole('cargo|rust|rustup'), may: /^@|-toolchain$/ },
  glibc: { brings: /glibc|gcompat/, may: /^@/ },
}

const isTool = (name: string): name is BuildTool => Object.hasOwn(bringing, name)

/**
 * Whether a command that installs packages brings the tool, by its words; `unknown` where one of them is not known or may
 * bring it along, and undefined for programs that are no tools of a build.
 */
export function packagesBring(
  tool: string,
  words: readonly (string | undefined)[],
): 'yes' | 'no' | 'unknown' | undefined {
  if (!isTool(tool)) return undefined
  const { brings, may, recommend } = bringing[tool]
  const [installer = '', ...named] = words
  if (named.some((word) => word !== undefined && brings.test(word))) return 'yes'
  const isAlpine = installer === 'apk'
  const takesRecommended = !isAlpine && !named.some((word) => /no-install-recommends/i.test(word ?? ''))
  const open = isAlpine && /^(make|cc|c\+\+|headers)$/.test(tool) ? unsureOnAlpine : may
  const isOpen = (word: string | undefined) =>
    word === undefined ||
    open.test(word) ||
    /\/|\.(deb|apk|rpm)$/.test(word) ||
    (takesRecommended && recommend?.test(word))
  return named.some((word) => isOpen(word) && !/^(-|(install|add|update|upgrade|clean|autoremove)$)/.test(word ?? ''))
    ? 'unknown'
    : 'no'
}

/**
 * Whether a public image has the tool, by their Dockerfiles: those of Elixir and Erlang start from `buildpack-deps` and
 * take away what they need for themselves where they are slim; those of Hex have the authorities alone.
 */
export function imageBrings(tool: string, image: string): 'yes' | 'no' | 'unknown' | undefined {
  if (!isTool(tool)) return undefined
  const { repository, tag } = imageNameOf(image)
  const isHexs = /^hexpm\/(elixir|erlang)(-\w+)?$/.test(repository)
  const isAlpine = repository === 'alpine' || /(^|-)alpine/.test(tag)
  const isSmall = isAlpine || /(^|-)slim/.test(tag)
  const isOfficial = /^(elixir|erlang|node)$/.test(repository) && !/windows|nanoserver/.test(tag)
  if (/^(debian|ubuntu|alpine)$/.test(repository) || isHexs || (isOfficial && isSmall))
    return (tool === 'certificates' && (isHexs || isAlpine)) || (tool === 'glibc' && !isAlpine) ? 'yes' : 'no'
  const isOnBuildpack = isOfficial || (repository === 'buildpack-deps' && !/curl|scm/.test(tag))
  return isOnBuildpack ? (tool === 'cargo' ? 'no' : 'yes') : 'unknown'
}
