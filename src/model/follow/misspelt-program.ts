import { nearest } from '../../text/nearest.ts'
import { locate } from '../stage-files/locate.ts'
import type { Lost } from '../stage-files/step.ts'
import type { Frame } from './frame.ts'

/** Programs that builds and starts call, and that a slip may mean; those that nobody means are there to be told apart. */
const known =
  `adduser addgroup apk apt apt-get awk bash busybox bundle cargo cat chmod chown command cp curl dash deluser dirname
  dpkg echo elixir env erl eval exec exit export find gem getent git gosu grep groupadd gunzip gzip head iex install just ls
  locale-gen make mise mix mkdir mv node npm npx openssl pg_isready pip pip3 pnpm printf psql python python3 rm rmdir rsync
  sed sh sleep source sudo su su-exec tail tar tee test time timeout tini touch tr true unset unzip update-ca-certificates
  useradd usermod userdel groupdel wget which xargs yarn zip`.split(/\s+/)

/** What is called by a name that no program has and that is nearly the name of one; undefined where something in view has it. */
export function misspelt(name: string, frame: Frame): Extract<Lost, { near: string | undefined }> | undefined {
  if (name.length < 3 || known.includes(name) || !/^[a-z][\w-]*$/.test(name)) return undefined
  const near = name.length < 6 ? known.find((one) => isSwapped(one, name)) : nearest(name, sameLength(name), 1)
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
