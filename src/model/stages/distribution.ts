import { oncePerText } from '../../text/once.ts'
import { imageNameOf } from './image-name.ts'
import { otpOf } from './otp.ts'

/** A distribution of Linux, as far as it decides whether a release of another one runs on it. */
export interface Distribution {
  /** As people call it: `Debian bookworm`. */
  readonly name: string
  readonly family: 'debian' | 'ubuntu' | 'alpine' | 'redhat' | 'none'
  readonly libc: 'glibc' | 'musl' | 'none'
  /** The N of its glibc 2.N; undefined where no version of it is sure: another C library, or a tag that moves. */
  readonly glibc: number | undefined
  /** The OpenSSL of its own packages. */
  readonly openssl: '1.1' | '3' | undefined
}

type LibraryRow = readonly [glibc: number | undefined, openssl: Distribution['openssl']]

/** By the packages of each release (packages.debian.org, packages.ubuntu.com). */
const debian: Readonly<Record<string, LibraryRow>> = {
  stretch: [24, '1.1'],
  buster: [28, '1.1'],
  bullseye: [31, '1.1'],
  bookworm: [36, '3'],
  trixie: [41, '3'],
  forky: [undefined, '3'],
  sid: [undefined, '3'],
}
const debianNumbers = ['stretch', 'buster', 'bullseye', 'bookworm', 'trixie', 'forky']
const ubuntu: Readonly<Record<string, LibraryRow>> = {
  bionic: [27, '1.1'],
  focal: [31, '1.1'],
  groovy: [32, '1.1'],
  jammy: [35, '3'],
  lunar: [37, '3'],
  mantic: [38, '3'],
  noble: [39, '3'],
  oracular: [40, '3'],
  plucky: [41, '3'],
  questing: [42, '3'],
  resolute: [43, '3'],
}
const ubuntuNumbers: Readonly<Record<string, string>> = {
  '18.04': 'bionic',
  '20.04': 'focal',
  '20.10': 'groovy',
  '22.04': 'jammy',
  '23.04': 'lunar',
  '23.10': 'mantic',
  '24.04': 'noble',
  '24.10': 'oracular',
  '25.04': 'plucky',
  '25.10': 'questing',
  '26.04': 'resolute',
}
const redhat: Readonly<Record<string, LibraryRow>> = { 7: [17, undefined], 8: [28, '1.1'], 9: [34, '3'], 10: [39, '3'] }
const amazon: Readonly<Record<string, LibraryRow>> = { 2: [26, undefined], 2023: [34, '3'] }

const debianOf = (codename: string): readonly Distribution[] =>
  row(debian[codename], { name: `Debian ${codename}`, family: 'debian' })

const row = (
  found: LibraryRow | undefined,
  { name, family }: Pick<Distribution, 'name' | 'family'>,
): readonly Distribution[] => (found ? [{ name, family, libc: 'glibc', glibc: found[0], openssl: found[1] }] : [])

/**
 * What an image is made of, by its name; several where its tag has moved from one to another, none where the name does
 * not say. The bases of the images of Erlang and Elixir are those of their public Dockerfiles.
 */
export const distributionsOf = oncePerText((image): readonly Distribution[] => {
  const { repository, tag } = imageNameOf(image)
  if (repository === 'scratch' || /^distroless\/static(-|$)/.test(repository))
    return [{ name: `\`${repository}\``, family: 'none', libc: 'none', glibc: undefined, openssl: undefined }]
  if (repository === 'debian') return ofDebian(tag)
  if (repository === 'ubuntu') return ofUbuntu(tag)
  if (repository === 'alpine') return alpineOf(tag)
  const distroless = /^distroless\/.*-debian(\d+)$/.exec(repository)?.[1]
  if (distroless) return ofDebian(distroless)
  const hexpm = /^hexpm\/(?:elixir|erlang)(?:-\w+)?$/.test(repository) && /-(alpine|debian|ubuntu)-(.+)$/.exec(tag)
  if (hexpm) return distributionsOf(`${hexpm[1]}:${hexpm[2]}`)
  if (repository.includes('/') && !/^(bitnami\/minideb|redhat\/)/.test(repository)) return []
  return ofOfficial(repository, tag)
})

function ofOfficial(repository: string, tag: string): readonly Distribution[] {
  const codename = new RegExp(`(?:^|[-.])(${Object.keys(debian).join('|')})(?:[-.]|$)`).exec(tag)?.[1]
  if (codename) return debianOf(codename)
  const alpine = /(?:^|-)alpine([\d.]*)(?:-|$)/.exec(tag)?.[1]
  if (alpine) return alpineOf(alpine)
  const otp = /^(elixir|erlang)$/.test(repository) ? otpOf(repository, tag) : []
  if (alpine !== undefined) return otp.flatMap(alpineOfOtp)
  if (otp.length > 0) return [...new Set(otp.flatMap(debianOfOtp))].flatMap(debianOf)
  const [first = ''] = tag.split(/[.-]/)
  if (repository === 'amazonlinux') return row(amazon[first], { name: `Amazon Linux ${first}`, family: 'redhat' })
  const fedora = repository === 'fedora' ? Number.parseInt(first, 10) : Number.NaN
  if (fedora >= 36) return row([fedora - 1, '3'], { name: `Fedora ${fedora}`, family: 'redhat' })
  const major = /ubi(\d+)/.exec(repository)?.[1] ?? first
  const isRedHat = /^(rockylinux|almalinux|oraclelinux|centos|(redhat\/)?ubi\d+(-.*)?)$/.test(repository)
  return isRedHat ? row(redhat[major], { name: `${repository} ${major}`, family: 'redhat' }) : []
}

function ofDebian(tag: string): readonly Distribution[] {
  const number = /^(\d+)(?:[.-]|$)/.exec(tag)?.[1]
  if (number) return debianOf(debianNumbers[Number(number) - 9] ?? '')
  const name = tag.replace(/-.*/s, '')
  if (name === '' || /^(latest|stable|slim)$/.test(name)) return ['bookworm', 'trixie'].flatMap(debianOf)
  if (name === 'oldstable') return ['bullseye', 'bookworm'].flatMap(debianOf)
  return debianOf(/^(testing|unstable|experimental)$/.test(name) ? 'sid' : name)
}

function ofUbuntu(tag: string): readonly Distribution[] {
  const name = tag.replace(/-.*/s, '')
  const codenames = name === '' || name === 'latest' ? ['noble', 'resolute'] : [ubuntuNumbers[name] ?? name]
  return codenames.flatMap((one) => row(ubuntu[one], { name: `Ubuntu ${one}`, family: 'ubuntu' }))
}

/** Alpine has OpenSSL 3 from 3.17 on. */
function alpineOf(version: string): readonly Distribution[] {
  const [major = 0, minor] = version.split('.').map((part) => Number.parseInt(part, 10))
  if (major !== 3 && !/^(|latest|edge|\d{8})$/.test(version)) return []
  const isOld = major === 3 && minor !== undefined && minor < 17
  return [alpine(/^3\.\d/.test(version) ? `Alpine 3.${minor}` : 'Alpine', isOld ? '1.1' : '3')]
}

const alpine = (name: string, openssl: Distribution['openssl']): Distribution => ({
  name,
  family: 'alpine',
  libc: 'musl',
  glibc: undefined,
  openssl,
})

/** Which Debian `erlang:N` was built on, over the years (erlang/docker-erlang-otp). */
function debianOfOtp(major: number): readonly string[] {
  if (major < 23) return ['stretch', 'buster']
  return { 23: ['buster'], 24: ['buster', 'bullseye'], 25: ['bullseye'], ...sinceBookworm }[major] ?? []
}

const sinceBookworm = { 26: ['bullseye', 'bookworm'], 27: ['bookworm'], 28: ['bookworm', 'trixie'], 29: ['trixie'] }

/** Which OpenSSL the Alpine of `erlang:N-alpine` had, over the years. */
function alpineOfOtp(major: number): readonly Distribution[] {
  const old = major < 27 ? [alpine('Alpine', '1.1')] : []
  return major < 24 ? old : [...old, alpine('Alpine', '3')]
}
