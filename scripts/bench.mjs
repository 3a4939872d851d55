// How long things take, side by side in one run: ratios carry over to other machines, seconds do not.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { $, which } from 'zx'

$.quiet = true
$.nothrow = true
const rounds = 5
const cli = resolve('dist/cli.js')
const folder = await mkdtemp(join(tmpdir(), 'docker-gotchas-bench-'))

/** The median time of a command in milliseconds. */
async function time(command, cwd) {
  const times = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await $({ cwd })`sh -c ${command}`
    times.push(performance.now() - start)
  }
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)]
}

function print(name, ms, base) {
  console.log(`${name.padEnd(48)} ${(ms / 1000).toFixed(2)} s   ${(ms / base).toFixed(1)} × node`)
}

try {
  const many = 10_000
  await writeFile(join(folder, 'Dockerfile'), `FROM elixir:1.18\n${'RUN mix compile && echo done\n'.repeat(many - 1)}`)
  const base = await time('node -e 0', folder)
  print('node, nothing else', base, base)
  print('docker-gotchas --version', await time(`node ${cli} --version`, folder), base)
  print('docker-gotchas lint samples/first-deploy', await time(`node ${cli} lint samples/first-deploy`, '.'), base)
  print(`docker-gotchas lint, ${many} instructions`, await time(`node ${cli} lint .`, folder), base)
  if (await which('hadolint', { nothrow: true }))
    print(`hadolint, ${many} instructions`, await time('hadolint Dockerfile', folder), base)
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log()
await import('./bench-tar.mjs')
console.log()
await import('./bench-bombs.mjs')
