import { posix } from 'node:path'
import { isEnvFile, isKeyFile, isSecretScript } from '../secrets/secret-files.ts'

const largestText = 1024 * 1024
const largestManifest = 5 * 1024 * 1024
const largestBinary = 24 * 1024 * 1024

/** Places of programs and libraries of the system: nothing of the app is a text there. */
const systems = /^\/(usr\/(s?bin|lib(32|64|x32)?|libexec|share|include)|s?bin|lib(32|64|x32)?|proc|sys|dev|var\/lib)\//

/** What of a release is read: its config, its scripts, its start. */
const ofRelease =
  /\/releases\/(start_erl\.data|[^/]+\/(sys\.config|runtime\.exs|env\.sh|vm\.args|remote\.vm\.args|[^/]+\.rel))$/

const facts = /^\/(etc|usr\/lib)\/(os-release|passwd|group|alpine-release|debian_version)$/

/** The C libraries, whose versions decide what runs on them, and the programs and libraries of a release. */
const binaries =
  /\/(libc\.so\.6|libc-\d[\d.]*\.so|libstdc\+\+\.so\.6[\d.]*)$|\/erts-[^/]+\/bin\/(beam\.smp|erlexec)$|\/lib\/[^/]+\/priv\/([^/]+\/)*[^/]+\.so$/

/** What to keep of a file of an image: small texts that the rules ask for, hashes of assets, the binaries of the release. */
export function wantedOfImage(path: string, size: number): 'text' | 'bytes' | 'hash' | 'none' {
  if (size === 0) return 'none'
  if (/\/priv\/static\//.test(path)) {
    if (posix.basename(path) === 'cache_manifest.json' && size <= largestManifest) return 'text'
    return 'hash'
  }
  if (binaries.test(path)) return size <= largestBinary ? 'bytes' : 'none'
  if (ofRelease.test(path)) return size <= largestManifest ? 'text' : 'none'
  if (size > largestText) return 'none'
  return facts.test(path) || (!systems.test(path) && isTextOfApp(path)) ? 'text' : 'none'
}

const isTextOfApp = (path: string): boolean =>
  isSecretFile(path) ||
  /\/(bin|entrypoint\.d)\/[^/]+$|\.(sh|bash)$|entrypoint[^/]*$|\/config\/([^/]+\/)*[^/]+\.exs$/.test(path) ||
  /^\/[^/]+$/.test(path)

/** Whether a file is one of secrets by its name. */
const isSecretFile = (path: string): boolean => isEnvFile(path) || isKeyFile(path) || isSecretScript(path)
