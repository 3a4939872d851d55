// How long things take, side by side in one run: ratios carry over to other machines, seconds do not. Prints a table, and
// with `--json FILE` writes the same as JSON. Compared are hadolint where it is on the PATH, compose-go where Go is, and the
// executable where `npm run package` has made it for this machine.
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { $, which } from 'zx'

$.quiet = true
$.nothrow = true
const { values: flags } = parseArgs({ options: { json: { type: 'string' }, rounds: { type: 'string', default: '5' } } })
const folder = await mkdtemp(join(tmpdir(), 'docker-gotchas-bench-'))
const shop = resolve('samples/mended-shop')
const dockerfile = join(folder, 'Dockerfile')
const executable = resolve(`packages/docker-gotchas-${process.platform}-${process.arch}`)
const programs = {
  node: `${process.execPath} ${resolve('dist/cli.js')}`,
  ...(existsSync(executable) ? { executable } : {}),
}

/** The processor time of a whole process and its children in seconds, and the time that passes. */
async function once(command) {
  const { stderr, exitCode } = await $({
    cwd: folder,
  })`bash -c ${`TIMEFORMAT='%U %S %R'; time ${command} >/dev/null 2>&1 </dev/null`}`
  // Both say 1 where they found something.
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`${command} ended with ${exitCode}`)
  const [user, system, wall] = stderr.trim().split(/\s+/).map(Number)
  return { cpu: user + system, wall }
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]

/** The medians of `command` and of `base`, run in turn, and that of their ratios. */
async function beside(command, base) {
  const rounds = []
  await once(command)
  for (let round = 0; round < Number(flags.rounds); round++) {
    const [one, other] = [await once(command), await once(base)]
    rounds.push({ cpu: one.cpu, wall: one.wall, cpuRatio: one.cpu / other.cpu, wallRatio: one.wall / other.wall })
  }
  const of = (key) => median(rounds.map((round) => round[key]))
  return { cpu: of('cpu'), wall: of('wall'), cpuRatio: of('cpuRatio'), wallRatio: of('wallRatio') }
}

/** How the time grows with the number of things, as the exponent of the last tenfold step, without what a start takes. */
async function growth(program, make) {
  const times = []
  for (const count of [0, 100, 1000]) {
    const project = join(folder, `growth-${count}`)
    await mkdir(project)
    await make(project, count)
    const call = `${programs[program]} lint ${project} --fail-on never`
    times.push(median([await once(call), await once(call), await once(call)].map(({ cpu }) => cpu)))
    await rm(project, { recursive: true })
  }
  const [none, hundred, thousand] = times
  return { times, exponent: Math.log10(Math.max(thousand - none, 0.001) / Math.max(hundred - none, 0.001)) }
}

const growing = {
  instructions: (project, count) =>
    writeFile(join(project, 'Dockerfile'), `FROM elixir:1.18\n${'RUN mix compile && echo done\n'.repeat(count)}`),
  services: async (project, count) => {
    const services = Array.from({ length: count + 1 }, (_, n) => `  s${n}:\n    image: busybox\n`)
    await writeFile(join(project, 'compose.yaml'), `services:\n${services.join('')}`)
  },
  modules: async (project, count) => {
    await cp(shop, project, { recursive: true })
    for (let n = 0; n < count; n++) {
      const functions = '  def one(things), do: Enum.map(things, fn %{name: name} -> String.upcase(name) end)\n'
      await writeFile(join(project, `lib/shop/made_${n}.ex`), `defmodule Shop.Made${n} do\n${functions.repeat(5)}end\n`)
    }
  },
}

/** compose-go as a program, where Go can make it. */
async function composeGo() {
  const program = join(folder, 'compose-go')
  if (!(await which('go', { nothrow: true }))) return undefined
  return (await $({ cwd: 'scripts/bench/compose' })`go build -o ${program} .`).exitCode === 0 ? program : undefined
}

try {
  await cp(join(shop, 'Dockerfile'), dockerfile)
  const hadolint = await which('hadolint', { nothrow: true })
  const base = hadolint ? `${hadolint} ${dockerfile}` : `${process.execPath} -e 0`
  const rows = []
  const measure = async (name, command) => {
    const row = { name, ...(await beside(command, base)) }
    rows.push(row)
    const [cpu, wall] = [row.cpuRatio, row.wallRatio].map((ratio) => ratio.toFixed(2).padStart(7))
    console.log(`${name.padEnd(44)} ${row.cpu.toFixed(3)} s of processor ${cpu} × ${wall} × in time`)
  }
  console.log(`in relation to ${hadolint ? 'hadolint on the Dockerfile of samples/mended-shop' : 'node -e 0'}`)
  await measure('node -e 0', `${process.execPath} -e 0`)
  const compose = await composeGo()
  if (compose) await measure('compose-go, compose.yaml of mended-shop', `${compose} ${join(shop, 'compose.yaml')}`)
  for (const [name, program] of Object.entries(programs)) {
    await measure(`${name}: --version`, `${program} --version`)
    await measure(`${name}: one Dockerfile alone`, `${program} lint ${dockerfile}`)
    await measure(`${name}: samples/mended-shop`, `${program} lint ${shop}`)
  }
  const grown = {}
  for (const program of Object.keys(programs))
    for (const [what, make] of Object.entries(growing)) {
      const { times, exponent } = await growth(program, make)
      grown[`${program}: ${what}`] = { times, exponent }
      const seconds = times.map((time) => time.toFixed(2)).join(' → ')
      console.log(`${`${program}: 0 → 100 → 1,000 ${what}`.padEnd(44)} ${seconds} s, exponent ${exponent.toFixed(2)}`)
    }
  if (flags.json) await writeFile(flags.json, `${JSON.stringify({ base, rows, grown }, undefined, 2)}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log()
await import('./bench-many.mjs')
console.log()
await import('./bench-tar.mjs')
console.log()
await import('./bench-bombs.mjs')
