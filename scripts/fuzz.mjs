// `npm run fuzz -- --seed 7 --seconds 60 --only dockerfile,elixir`: puts made-up input to all readers and commands, in a
// process of its own for each kind of input. What breaks a law is written to fuzz-failures/, as files and a report.
import { fork } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'

const { values: asked } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    /** Of a report: runs that one input again. */
    path: { type: 'string' },
    /** Milliseconds of the processor for one input. */
    slowest: { type: 'string', default: '5000' },
  },
})
const longestSilence = 180_000
const mostFailures = 10
const failures = 'fuzz-failures'
const heavy = { analyses: 20, fixes: 10, commands: 10, masked: 10, tars: 100, builds: 50 }

/** Starts `test/fuzz/main.ts` and hands over what it tells; gives how it ended if not well. */
function start(flags, hear) {
  return new Promise((resolve) => {
    const args = Object.entries(flags).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, String(value)],
    )
    const child = fork('test/fuzz/main.ts', args, { execArgv: ['--import', './scripts/typescript/register.mjs'] })
    let ended
    let timer
    const listen = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        ended = 'it comes to no end'
        child.kill('SIGKILL')
      }, longestSilence)
    }
    listen()
    child.on('message', (message) => {
      listen()
      hear(message)
    })
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      resolve(ended ?? (code === 0 ? undefined : `it ended with ${signal ?? `exit code ${code}`}`))
    })
  })
}

async function write({ target, seed, path, input, reason }) {
  const folder = join(failures, `${target}-${seed}`)
  await rm(folder, { recursive: true, force: true })
  const { files, ...about } = input
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, 'files', name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : Buffer.from(Object.values(content)))
  }
  const again = `npm run fuzz -- --only ${target} --seed ${seed}${path ? ` --path ${path}` : ''}`
  await writeFile(
    join(folder, 'report.txt'),
    `${reason}\n\n${JSON.stringify(about)}\n\nBefore it was made small: ${again}\n`,
  )
  console.log(`${target}: ${reason.split('\n')[0]}\n  ${folder}/, ${again}`)
}

/** The input at which a batch came to no end. */
async function culprit(target, seed, batch, ended) {
  const trace = join(tmpdir(), `fuzz-${process.pid}.json`)
  await start({ target, seed, batch, trace, seconds: 1 }, () => {})
  const input = JSON.parse(await readFile(trace, 'utf8'))
  await rm(trace)
  return { target, seed, path: '', input, reason: ended }
}

/** Fuzzes one target for some seconds; gives how many inputs were tried and how many of them broke a law. */
async function fuzz(target, seconds) {
  const end = performance.now() + seconds * 1000
  const batch = heavy[target] ?? 2000
  let seed = Number(asked.seed)
  let runs = 0
  let broken = 0
  while (performance.now() < end && broken < mostFailures) {
    const rest = (end - performance.now()) / 1000
    const found = []
    const ended = await start(
      { target, seed, batch, seconds: rest, slowest: asked.slowest, path: asked.path },
      (message) => {
        seed = message.seed
        runs += message.runs ?? 0
        if (message.failure) found.push(message.failure)
      },
    )
    if (ended) found.push(await culprit(target, seed, batch, ended))
    for (const failure of found) await write(failure)
    broken += found.length
    if (asked.path !== undefined) break
    seed += 1
  }
  return { runs, broken, seed }
}

let targets = []
await start({}, (message) => {
  targets = message.targets
})
const chosen = asked.only === '' ? targets : asked.only.split(',')
const unknown = chosen.filter((name) => !targets.includes(name))
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}: there are ${targets.join(', ')}`)
  process.exit(2)
}
let allRuns = 0
let allBroken = 0
for (const target of chosen) {
  const begin = performance.now()
  const { runs, broken, seed } = await fuzz(target, Number(asked.seconds) / chosen.length)
  const seconds = (performance.now() - begin) / 1000
  allRuns += runs
  allBroken += broken
  const counts = `${String(runs).padStart(9)} runs  ${(runs / seconds).toFixed(0).padStart(6)} a second`
  console.log(`${target.padEnd(16)} ${counts}  seeds ${asked.seed} to ${seed}  ${broken} failures`)
}
console.log(`${allRuns} runs, ${allBroken} failures`)
process.exitCode = allBroken > 0 ? 1 : 0
