// How long things take, side by side in one run: ratios carry over to other machines, seconds do not. Prints a table, and
// with `--json FILE` writes the same as JSON. Compared are hadolint where it is on the PATH, compose-go and BuildKit's own linter
// where Go is, and the executable where `npm run package` has made it for this machine.
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { $, which } from 'zx'
import { programOf } from './bench/program-of.mjs'

$.quiet = true
$.nothrow = true
const { values: flags } = parseArgs({ options: { json: { type: 'string' }, rounds: { type: 'string', default: '5' } } })
const folder = await mkdtemp(join(tmpdir(), 'docker-gotchas-bench-'))
const shop = resolve('samples/mended-shop')
// In a folder of its own: what lies beside a Dockerfile is looked at.
const dockerfile = join(folder, 'one/Dockerfile')
const executable = resolve(`packages/docker-gotchas-${process.platform}-${process.arch}`)
const programs = {
  node: `sh ${resolve('dist/cli.js')}`,
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

const counts = [1, 10, 100, 1000]

/** How the time grows with the number of things, as the exponent of the last tenfold step, without what a start takes. */
async function growth(program, make) {
  const times = []
  for (const count of [0, ...counts]) {
    const project = join(folder, `growth-${count}`)
    await mkdir(project)
    await make(project, count)
    const call = `${programs[program]} lint ${project} --fail-on never --allow-empty`
    times.push(median([await once(call), await once(call), await once(call)].map(({ cpu }) => cpu)))
    await rm(project, { recursive: true })
  }
  const [none, , , hundred, thousand] = times
  return { times, exponent: Math.log10(Math.max(thousand - none, 0.001) / Math.max(hundred - none, 0.001)) }
}

const growing = {
  files: async (project, count) => {
    await cp(shop, project, { recursive: true })
    await mkdir(join(project, 'notes'))
    for (let n = 0; n < count; n++) await writeFile(join(project, `notes/${n}.md`), `# Note ${n}\n`)
  },
  instructions: (project, count) =>
    writeFile(join(project, 'Dockerfile'), `FROM elixir:1.18\n${'RUN mix compile && echo done\n'.repeat(count)}`),
  services: async (project, count) => {
    const services = Array.from({ length: count + 1 }, (_, n) => `  s${n}:\n    image: busybox\n`)
    await writeFile(join(project, 'compose.yaml'), `services:\n${services.join('')}`)
  },
  modules: shopWith,
}

/** The shop with `count` modules more. */
async function shopWith(project, count) {
  await cp(shop, project, { recursive: true })
  const functions = '  def one(things), do: Enum.map(things, fn %{name: name} -> String.upcase(name) end)\n'
  for (let n = 0; n < count; n++)
    await writeFile(join(project, `lib/shop/made_${n}.ex`), `defmodule Shop.Made${n} do\n${functions.repeat(5)}end\n`)
}

/** A program of `scripts/bench`, where Go can make it. */
async function madeByGo(name) {
  const program = join(folder, name)
  const isThere = await which('go', { nothrow: true })
  const made = isThere && (await $({ cwd: `scripts/bench/${name}` })`go build -o ${program} .`).exitCode === 0
  if (!made) console.log(`without ${name}: ${isThere ? 'it cannot be made' : 'there is no Go'}`)
  return made ? program : undefined
}

/** As many folders with nothing but a Dockerfile, each of another app, as the words of a call. */
async function bareDockerfiles(count) {
  const text = await readFile(dockerfile, 'utf8')
  const paths = Array.from({ length: count }, (_, n) => join(folder, `bare/${n}/Dockerfile`))
  for (const [n, path] of paths.entries()) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text.replaceAll('/shop', `/shop${n}`))
  }
  return paths.join(' ')
}

try {
  await cp(join(shop, 'Dockerfile'), dockerfile)
  const hadolint = await programOf('hadolint')
  const base = hadolint ? `${hadolint} ${dockerfile}` : `${process.execPath} -e 0`
  const rows = []
  const measure = async (name, command, other = base, asked = undefined) => {
    const row = { name, asked, ...(await beside(command, other)) }
    rows.push(row)
    const [cpu, wall] = [row.cpuRatio, row.wallRatio].map((ratio) => ratio.toFixed(2).padStart(7))
    const wanted = asked === undefined ? '' : `, asked ≤ ${asked}`
    console.log(`${name.padEnd(44)} ${row.cpu.toFixed(3)} s of processor ${cpu} × ${wall} × in time${wanted}`)
  }
  console.log(`in relation to ${hadolint ? 'hadolint on the Dockerfile of samples/mended-shop' : 'node -e 0'}`)
  await measure('node -e 0', `${process.execPath} -e 0`)
  const compose = await madeByGo('compose')
  if (compose) await measure('compose-go, compose.yaml of mended-shop', `${compose} ${join(shop, 'compose.yaml')}`)
  const buildkit = await madeByGo('buildkit')
  if (buildkit) await measure("BuildKit's linter, the Dockerfile", `${buildkit} ${dockerfile}`)
  const asked = { node: { one: 2, shop: 5 }, executable: { one: 0.6, shop: 2 } }
  for (const [name, program] of Object.entries(programs)) {
    await measure(`${name}: --version`, `${program} --version`)
    await measure(`${name}: one Dockerfile alone`, `${program} lint ${dockerfile}`, base, asked[name].one)
    await measure(`${name}: samples/mended-shop`, `${program} lint ${shop}`, base, asked[name].shop)
  }
  const bare = await bareDockerfiles(200)
  const large = join(folder, 'large')
  await shopWith(large, 3000)
  console.log('in relation to hadolint on 200 Dockerfiles, and to the shop alone')
  if (hadolint && buildkit)
    await measure("BuildKit's linter, 200 Dockerfiles", `${buildkit} ${bare}`, `${hadolint} ${bare}`)
  for (const [name, program] of Object.entries(programs)) {
    if (hadolint) await measure(`${name}: 200 Dockerfiles`, `${program} lint ${bare}`, `${hadolint} ${bare}`, 0.1)
    await measure(`${name}: the shop with 3,000 modules`, `${program} lint ${large}`, `${program} lint ${shop}`, 3)
  }
  const grown = {}
  for (const program of Object.keys(programs))
    for (const [what, make] of Object.entries(growing)) {
      const { times, exponent } = await growth(program, make)
      grown[`${program}: ${what}`] = { times, exponent }
      const seconds = times.map((time) => time.toFixed(2)).join(' → ')
      console.log(
        `${`${program}: 0, ${counts.join(', ')} ${what}`.padEnd(44)} ${seconds} s, exponent ${exponent.toFixed(2)}`,
      )
    }
  if (flags.json) await writeFile(flags.json, `${JSON.stringify({ base, rows, grown }, undefined, 2)}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
// The flags are those of this bench: the others have their own.
process.argv.length = 2
console.log()
await import('./bench-many.mjs')
console.log()
await import('./bench-tar.mjs')
console.log()
await import('./bench-bombs.mjs')
