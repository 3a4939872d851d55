#!/usr/bin/env zx
// Records what the real Elixir makes of config scripts: writes expected.json into every case folder.
//
//   zx scripts/record-config.mjs [CASE_OR_FOLDER_OF_CASES…] [--missing] [--check]
//
// A case is a folder with env.json and config/. Without arguments all of test/recorded/config-own is recorded.
// --missing records only the cases that have no answer yet; --check writes nothing and fails where an answer differs.
import { $, argv, chalk, fs, path, which } from 'zx'

$.verbose = false

const root = path.resolve(import.meta.dirname, '..')
const oracle = path.join(root, 'test/recorded/oracle.exs')
const given = argv._.length > 0 ? argv._ : [path.join(root, 'test/recorded/config-own')]

const isCase = (folder) => fs.existsSync(path.join(folder, 'env.json'))

async function casesIn(folder) {
  if (isCase(folder)) return [folder]
  const names = (await fs.readdir(folder)).sort()
  return names.map((name) => path.join(folder, name)).filter(isCase)
}

if ((await which('elixir', { nothrow: true })) === null) {
  console.error('elixir is not installed: try `apt-get install elixir`')
  process.exitCode = 2
} else {
  const cases = (await Promise.all(given.map(casesIn))).flat()
  let failures = 0
  for (const folder of cases) {
    const answer = path.join(folder, 'expected.json')
    const before = fs.existsSync(answer) ? await fs.readFile(answer, 'utf8') : undefined
    if (argv.missing && before !== undefined) continue
    const run = await $({ nothrow: true })`elixir ${oracle} ${folder}`
    const name = path.basename(folder)
    if (run.exitCode !== 0) {
      failures++
      console.error(`${chalk.red('failed')} ${name}\n${run.stderr.trim()}`)
    } else if (argv.check) {
      const same = run.stdout === before
      if (!same) failures++
      console.log(`${same ? chalk.green('same') : chalk.red('differs')} ${name}`)
    } else {
      await fs.writeFile(answer, run.stdout)
      console.log(`${chalk.green('recorded')} ${name}`)
    }
  }
  if (failures > 0) process.exitCode = 1
}
