import { nearest } from '../../text/nearest.ts'
import { locate } from '../stage-files/locate.ts'
import type { Lost } from '../stage-files/step.ts'
import type { Arg } from './arg.ts'
import type { Frame } from './frame.ts'

/** Programs that builds and starts call, and that a slip may mean; those that nobody means are there to be told apart. */
const known =
  `adduser addgroup apk apt apt-get awk bash busybox bundle cargo cat chmod chown command cp curl dash deluser dirname
  dpkg echo elixir env erl eval exec exit export find gem getent git gosu grep groupadd gunzip gzip head iex install just ls
  locale-gen make mise mix mkdir mv node npm npx openssl pg_isready pip pip3 pnpm printf psql python python3 rm rmdir rsync
  sed sh sleep source sudo su su-exec tail tar tee test time timeout tini touch tr true unset unzip update-ca-certificates
  useradd usermod userdel groupdel wget which xargs yarn zip
  bpython bundler elixirc funzip groupmod ipython jython lunzip openssl3 python2 tset usleep`.split(/\s+/)

/** What is called by a name that no program has and that is nearly the name of one; undefined where something in view has it. */
export function misspelt(name: string, frame: Frame): Extract<Lost, { near: string | undefined }> | undefined {
  if (name.length < 3 || known.includes(name) || !/^[a-z][\w-]*$/.test(name)) return undefined
  const numbered = name.replace(/_\d+$/, '')
  const other = name.length < 6 ? known.find((one) => isSwapped(one, name)) : nearest(name, sameLength(name), 1)
  const near = numbered !== name && known.includes(numbered) ? numbered : other
  if (near === undefined || folders.some((folder) => isThere(`${folder}/${name}`, frame))) return undefined
  return { what: 'program', name, near, file: 'the image' }
}

/** Of short names another program is near: only two letters the other way round are a slip. */
const isSwapped = (one: string, other: string): boolean =>
  one.length === other.length &&
  [...one].toSorted().join('') === [...other].toSorted().join('') &&
  nearest(other, [one], 1) !== undefined

const sameLength = (name: string) => known.filter((one) => Math.abs(one.length - name.length) < 2)

const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

const isThere = (path: string, { draft }: Frame): boolean => !/^(absent|removed)$/.test(locate(draft, path).origin.kind)

/** The operations of apt-get (apt-get(8), and what its source has beside). */
const operations =
  `auto-clean auto-remove autoclean autopurge autoremove build-dep changelog check clean dist-clean dist-upgrade distclean
  download dselect-upgrade full-upgrade help indextargets install markauto moo purge reinstall remove satisfy source
  unmarkauto update upgrade`.split(/\s+/)

/** Options of apt-get whose value is the next word (apt-private/private-cmndline.cc). */
const withValue =
  /^-[a-zA-Z]*[acotP]$|^--(arch|architecture|host-architecture|build-profiles|config-file|option|target-release|default-release|simulate-from|solver|planner)$/

/** What apt-get is told, and there is no such operation, or no package may be called so (Debian Policy 5.6.1); undefined else. */
export function lostOfApt(argv: readonly Arg[]): Extract<Lost, { near: string | undefined }> | undefined {
  const words = argv.slice(1).map(({ text }) => text)
  const at = words.findIndex((word, index) => !word?.startsWith('-') && !withValue.test(words[index - 1] ?? ''))
  const operation = words[at]
  if (operation === undefined || !/^[\w-]+$/.test(operation)) return undefined
  if (!operations.includes(operation))
    return { what: 'operation', name: operation, near: nearest(operation, operations, 2), file: '`apt-get`' }
  const name =
    operation === 'install'
      ? words.slice(at + 1).find((word) => word && /^[a-z][a-z\d-]*[A-Z_][\w-]*$/.test(word))
      : undefined
  return name === undefined
    ? undefined
    : { what: 'package', name, near: name.toLowerCase().replaceAll('_', '-'), file: '`apt-get`' }
}
