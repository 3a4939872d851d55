// `npm run fuzz -- --seed 7 --seconds 60 --only dockerfile,elixir`: puts made-up input to all readers and commands. What
// breaks a law is written to fuzz-failures/, as files and a report.
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
    only: { type: 'string' },
    /** Of a report: runs that one input again. */
    path: { type: 'string' },
    /** Milliseconds of the processor for one input. */
    slowest: { type: 'string' },
  },
})
const longestSilence = 180_000
const failures = 'fuzz-failures'

/** Starts `test/fuzz/main.ts` and hands over what it tells; gives how it ended if not well. */
function start(flags, hear) {
  return new Promise((resolve) => {
    const args = Object.entries(flags).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, String(value)],
    )
    const child = fork('test/fuzz/main.ts', args, { execArgv: ['--import', './scripts/typescript/register.mjs'] })
    let ended = ''
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
      resolve(ended || (code === 0 ? '' : `it ended with ${signal ?? `exit code ${code}`}`))
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
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'report.txt'),
    `${reason}\n\n${JSON.stringify(about)}\n\nBefore it was made small: ${again}\n`,
  )
  console.log(`${target}: ${reason.split('\n')[0]}\n  ${folder}/, ${again}`)
}

/** The input at which a batch did not end well. */
async function culprit(target, seed, reason) {
  const trace = join(tmpdir(), `fuzz-${process.pid}.json`)
  await start({ only: target, seed, trace, slowest: asked.slowest }, () => {})
  const input = JSON.parse(await readFile(trace, 'utf8').catch(() => '{"files":{}}'))
  await rm(trace, { force: true })
  return { target, seed, path: '', input, reason }
}

const total = { tried: 0, broken: 0 }
const found = []
let left = asked.only?.split(',')
let seconds = Number(asked.seconds)
let ended
do {
  const now = { target: left?.[0] ?? '', seed: Number(asked.seed), tried: 0, broken: 0, begin: performance.now() }
  const print = (remark) => {
    const rate = (now.tried / ((performance.now() - now.begin) / 1000)).toFixed(0)
    const counts = `${String(now.tried).padStart(9)} runs ${rate.padStart(6)} a second`
    console.log(
      `${now.target.padEnd(16)} ${counts}  seeds ${asked.seed} to ${now.seed}  ${now.broken} failures${remark}`,
    )
    total.tried += now.tried
    total.broken += now.broken
    Object.assign(now, { tried: 0, broken: 0, begin: performance.now() })
    seconds -= seconds / left.length
    left = left.slice(1)
  }
  const { path, slowest } = asked
  ended = await start({ only: left?.join(','), seed: asked.seed, seconds, path, slowest }, (message) => {
    if (message.known) {
      console.error(`there are ${message.known.join(', ')}`)
      process.exit(2)
    }
    left = message.chosen ?? left
    now.target = message.target ?? now.target
    now.seed = message.seed ?? now.seed
    now.tried += message.tried ?? 0
    if (message.failure) {
      now.broken += 1
      found.push(write(message.failure))
    }
    if (message.done) print('')
  })
  if (ended !== '' && left.length > 0) {
    await write(await culprit(now.target, now.seed, ended))
    now.broken += 1
    print(`, ${ended}`)
  }
} while (ended !== '' && left.length > 0)
await Promise.all(found)
console.log(`${total.tried} runs, ${total.broken} failures`)
process.exitCode = total.broken > 0 ? 1 : 0
