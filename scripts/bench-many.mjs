// A thousand small projects in one call: projects a second beside the Dockerfiles a second of hadolint, memory, and what a
// second run with --cache takes. Prints a table; with `--json FILE.json` writes the same to FILE-many.json.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { programOf } from './bench/program-of.mjs'

const { values: flags } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    count: { type: 'string', default: '1000' },
  },
  strict: false,
})
const count = Number(flags.count)
const folder = mkdtempSync(join(tmpdir(), 'docker-gotchas-many-'))
const projects = join(folder, 'projects')
const executable = resolve(`packages/docker-gotchas-${process.platform}-${process.arch}`)
const programs = {
  node: ['sh', resolve('dist/cli.js')],
  ...(existsSync(executable) ? { executable: [executable] } : {}),
}

/** Each of the smallest projects in turn, under a name of its own, so that no file is the same; every seventh has a secret in its image. */
function make() {
  const bases = readdirSync('samples/bases')
  for (let n = 0; n < count; n++) {
    const project = join(projects, `p${String(n).padStart(5, '0')}`)
    cpSync(join('samples/bases', bases[n % bases.length]), project, { recursive: true })
    for (const entry of readdirSync(project, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name)
      if (entry.isFile()) writeFileSync(file, readFileSync(file, 'utf8').replace(/shop/gi, `$&${n}`))
    }
    const dockerfile = join(project, 'Dockerfile')
    const text = readFileSync(dockerfile, 'utf8')
    if (n % 7 === 0)
      writeFileSync(dockerfile, `${text}ENV SECRET_KEY_BASE=${String(n).padStart(64, 'Zk3vQ9xT1mB7wR5y')}\n`)
  }
}

/** The processor time of a call and its children, the time that passes, and what it says on standard error. */
function once([program, ...args]) {
  const words = [program, ...args].map((word) => `'${word}'`).join(' ')
  const script = `TIMEFORMAT='%U %S %R'; { time ${words} >/dev/null 2>stderr </dev/null; } 2>&1`
  const { stdout, status } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
  if (status !== 0 && status !== 1) throw new Error(`${words} ended with ${status}`)
  const [user, system, wall] = stdout.trim().split(/\s+/).map(Number)
  return { cpu: user + system, wall, said: readFileSync(join(folder, 'stderr'), 'utf8') }
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]
const rounds = (call) => {
  const all = Array.from({ length: Number(flags.rounds) }, call)
  return { cpu: median(all.map(({ cpu }) => cpu)), wall: median(all.map(({ wall }) => wall)), said: all[0].said }
}

const rows = []
const say = (name, { cpu, wall, said = '' }, base) => {
  const [, megabytes] = /memory at most ([\d.]+) MB/.exec(said) ?? []
  const ratios = base ? { cpuRatio: base.cpu / cpu, wallRatio: base.wall / wall } : {}
  rows.push({ name, cpu, wall, ...ratios, ...(megabytes ? { megabytes: Number(megabytes) } : {}) })
  const parts = [
    `${cpu.toFixed(2)} s of processor, ${(count / cpu).toFixed(0)} a second; ${wall.toFixed(2)} s, ${(count / wall).toFixed(0)} a second`,
    ...(base ? [`${ratios.cpuRatio.toFixed(2)} × as many, ${ratios.wallRatio.toFixed(2)} × in time`] : []),
    ...(megabytes ? [`${megabytes} MB`] : []),
  ]
  console.log(`${name.padEnd(44)} ${parts.join('; ')}`)
}

try {
  make()
  const dockerfiles = readdirSync(projects).map((name) => join(projects, name, 'Dockerfile'))
  const hadolint = await programOf('hadolint')
  console.log(`${count} small projects in one call${hadolint ? ', beside hadolint on their Dockerfiles' : ''}`)
  const base = hadolint ? rounds(() => once([hadolint, ...dockerfiles])) : undefined
  if (base) say('hadolint, one call', base)
  for (const [name, program] of Object.entries(programs)) {
    const lint = [...program, 'lint', projects, '--stats', '--quiet']
    say(
      `${name}: ${count} projects`,
      rounds(() => once(lint)),
      base,
    )
    say(
      `${name}: ${count} projects, one thread`,
      rounds(() => once([...lint, '--jobs', '1'])),
      base,
    )
    const cached = [...lint, '--jobs', '1', '--cache', join(folder, `cache-${name}`)]
    const first = once(cached)
    const second = rounds(() => once(cached))
    say(`${name}: second run with --cache`, second, base)
    rows.push({ name: `${name}: second run with --cache to the first`, cpuRatio: second.cpu / first.cpu })
    console.log(`${''.padEnd(44)} ${(second.cpu / first.cpu).toFixed(2)} of the first run`)
  }
  if (flags.json)
    writeFileSync(flags.json.replace(/(\.json)?$/, '-many.json'), `${JSON.stringify({ count, rows }, undefined, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
