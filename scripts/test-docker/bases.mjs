import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { $ } from 'zx'

const erlang = '/usr/lib/erlang'
const passwd = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n'

/**
 * Imports the base images from what is on this machine: `runner:1`, a busybox with the libraries of Erlang, and
 * `elixir:1.14`, which can build a release.
 */
export async function importBases(folder, env) {
  const run = $({ env, quiet: true })
  const root = join(folder, 'root')
  await fill(root, run)
  await run`tar c -C ${root} . | docker import - runner:1`
  for (const path of [erlang, '/usr/lib/elixir'])
    await cp(path, join(root, path), { recursive: true, verbatimSymlinks: true })
  for (const name of ['erl', 'elixir', 'mix']) {
    const program = await realpath(join('/usr/bin', name))
    await symlink(program, join(root, 'usr/bin', name))
  }
  await run`tar c -C ${root} . | docker import --change ${'ENV LANG=C.UTF-8'} - elixir:1.14`
}

async function fill(root, run) {
  for (const path of ['bin', 'usr/bin', 'etc/ssl/certs', 'tmp', 'root', 'app'])
    await mkdir(join(root, path), { recursive: true })
  const busybox = (await run`command -v busybox`).stdout.trim()
  await copyWithLibraries(await realpath(busybox), root, 'bin/busybox', run)
  const { stdout } = await run`busybox --list`
  for (const name of stdout.split('\n'))
    if (name !== '' && name !== 'busybox') await symlink('/bin/busybox', join(root, 'bin', name))
  await symlink('/bin/env', join(root, 'usr/bin/env'))
  await writeFile(join(root, 'etc/passwd'), passwd)
  await writeFile(join(root, 'etc/ssl/certs/ca-certificates.crt'), '-----BEGIN CERTIFICATE-----\n')
  await cp(await realpath('/etc/os-release'), join(root, 'etc/os-release'))
  for (const library of await librariesOfErlang()) await copyWithLibraries(library, root, undefined, run)
}

/** The programs and modules of Erlang whose libraries a release needs. */
async function librariesOfErlang() {
  const names = await readdir(erlang, { recursive: true })
  return names
    .filter((name) => /(^|\/)(beam\.smp|epmd|erlexec|erl_child_setup|inet_gethostbyname|crypto\.so)$/.test(name))
    .map((name) => join(erlang, name))
}

/** Copies the libraries that a program asks for to where they are here, and the program where `to` says so. */
async function copyWithLibraries(program, root, to, run) {
  if (to !== undefined) await cp(program, join(root, to))
  const { stdout } = await run({ nothrow: true })`ldd ${program}`
  for (const [, path = ''] of stdout.matchAll(/(\/[^ ]+\.so[^ ]*) \(/g)) {
    const target = join(root, path)
    if (existsSync(target)) continue
    await mkdir(dirname(target), { recursive: true })
    await cp(await realpath(path), target)
  }
}
