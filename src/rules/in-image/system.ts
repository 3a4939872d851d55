import { posix } from 'node:path'
import type { Image } from '../../model/image/image.ts'
import { faultsOf, type LibraryFault } from '../../model/image/libraries.ts'
import { headOf, resolvePath } from '../../model/image/place.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span } from '../../text/source.ts'

const faultsIn = oncePer((image: Image): readonly LibraryFault[] =>
  image.release ? faultsOf(image.saved, image.release) : [],
)

/** Binaries of the release that are for another machine or another C library than that of the image. */
export function* runnerOther(image: Image): Iterable<Finding> {
  const seen = new Set<string>()
  for (const fault of faultsIn(image)) {
    if (fault.kind === 'library' || seen.has(fault.kind)) continue
    seen.add(fault.kind)
    const { entry, elf } = fault.binary
    const name = posix.basename(entry.path)
    const message = {
      machine: () =>
        `\`${name}\` is for ${elf.machine}, and the image is for ${fault.kind === 'machine' ? fault.platform : ''}`,
      loader: () =>
        `\`${name}\` cannot start: the image has no \`${fault.kind === 'loader' ? fault.loader : ''}\`, the release was built on another kind of Linux`,
      version: () =>
        fault.kind === 'version'
          ? `\`${name}\` needs \`${fault.version}\`, and \`${fault.library.path}\` of the image ${fault.newest ? `ends at \`${fault.newest}\`` : 'has it not'}`
          : '',
    }[fault.kind]()
    yield { message, span: headOf(image.saved, entry), ...(isCore(name) ? {} : { severity: 'warning' }) }
  }
}

/** Libraries that binaries of the release need and that are not in the image. */
export function* librariesMissing(image: Image): Iterable<Finding> {
  const seen = new Set<string>()
  for (const fault of faultsIn(image)) {
    if (fault.kind !== 'library' || seen.has(fault.name)) continue
    seen.add(fault.name)
    const name = posix.basename(fault.binary.entry.path)
    yield {
      message: `\`${name}\` of the release needs \`${fault.name}\`, which is not in the image`,
      span: headOf(image.saved, fault.binary.entry),
      severity: isCore(name) ? 'error' : 'warning',
    }
  }
  yield* certificatesMissing(image)
}

/** What a Phoenix app does not start without. */
const isCore = (name: string): boolean => /^(beam\.smp|erlexec|crypto\.so)$/.test(name)

const certificates = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
  '/etc/ssl/ca-bundle.pem',
]

/** An HTTP client that takes the certificates of the system, in an image that has none. */
function* certificatesMissing(image: Image): Iterable<Finding> {
  const { release, saved } = image
  const client = ['req', 'finch', 'mint', 'tesla'].find((name) => release?.apps.has(name))
  if (release === undefined || client === undefined || release.apps.has('castore')) return
  if (certificates.some((path) => resolvePath(saved, path)?.kind === 'file')) return
  yield {
    message: `the image has no certificates of authorities, and \`${client}\` of the release asks for them: every call of an https address fails`,
    span: headOf(saved, release.start),
    severity: 'warning',
    certainty: 'likely',
  }
}

/** A release without UTF-8 names of files: no locale in the environment of an image with glibc. */
export function* localeMissing(image: Image): Iterable<Finding> {
  const { saved, release, deployment } = image
  const isMusl = [...saved.files.keys()].some((path) => /^\/lib\/ld-musl-/.test(path))
  if (release === undefined || isMusl || deployment.runs !== 'release') return
  const value = (name: string) => {
    const found = deployment.server?.env(name) ?? deployment.environment.get(name)
    return found.kind === 'known' ? found.value : ''
  }
  if (/\+fnu/.test(`${value('ELIXIR_ERL_OPTIONS')} ${value('ERL_FLAGS')} ${value('ERL_AFLAGS')}`)) return
  const [name, locale] = ['LC_ALL', 'LC_CTYPE', 'LANG']
    .map((one) => [one, value(one)] as const)
    .find(([, one]) => one !== '') ?? ['LANG', '']
  const isUtf8 = /utf-?8/i.test(locale)
  if (isUtf8 && (/^(C|POSIX)\b/.test(locale) || hasLocales(image))) return
  const message = isUtf8
    ? `\`${name}\` is \`${locale}\`, and the image has no such locale: the release runs with latin1 names`
    : 'the image sets no UTF-8 locale: the release runs with latin1 names'
  yield { message, span: lineOf(image.config, new RegExp(`^ENV ${name}=.*`, 'm')) ?? startOf(image) }
}

const hasLocales = ({ saved }: Image): boolean =>
  [...saved.files.keys()].some((path) => /^\/usr\/lib\/locale\/(locale-archive|(?!C\.)[^/]+\.utf-?8(\/|$))/i.test(path))

/** An image whose containers run as root. */
export function* runsAsRoot(image: Image): Iterable<Finding> {
  const { release, saved } = image
  const [user = ''] = (saved.config.user ?? '').split(':')
  if (release === undefined || !/^(|root|0)$/.test(user)) return
  if (image.deployment.start.some(({ command }) => command.kind === 'program' && dropsRoot.test(command.name))) return
  const place = lineOf(image.config, /^USER .*/m) ?? startOf(image)
  yield {
    message: user === '' ? 'the image has no `USER`: its containers run as root' : 'the image runs as root',
    span: place,
  }
}

const dropsRoot = /^(su|su-exec|gosu|setpriv|runuser|chpst|s6-setuidgid)$/

/** A release that reads runtime.exs at its start, without that file. */
export function* runtimeConfigMissing({ release, saved }: Image): Iterable<Finding> {
  if (release?.config === undefined || !release.providers.runtime || release.runtime) return
  const entry = release.sysConfig ?? release.start
  yield {
    message: `the release reads \`releases/${release.version}/runtime.exs\` at its start, and that is not in the image`,
    span: headOf(saved, entry),
  }
}

/** The words of the start, or the config as a whole. */
function startOf({ config }: Image): Span {
  return lineOf(config, /^(CMD|ENTRYPOINT) .*/m) ?? span(config, 0, /^.*/.exec(config.text)?.[0].length ?? 0)
}

function lineOf(config: Source, pattern: RegExp): Span | undefined {
  const found = pattern.exec(config.text)
  return found ? span(config, found.index, found.index + found[0].length) : undefined
}
