#!/usr/bin/env zx
// Records which functions, macros and atoms the real Elixir and Erlang have: writes the tables
// src/languages/elixir/stdlib/exports/{exports-elixir,exports-erlang,atoms}.ts. Needs `elixir` (any version; 1.14 was used).
import { $, fs, path } from 'zx'

const folder = path.resolve(import.meta.dirname, '../src/languages/elixir/stdlib/exports')
const question = path.join(import.meta.dirname, 'record-stdlib.exs')
const answer = JSON.parse((await $`elixir ${question}`.quiet()).stdout.replaceAll('\n', ''))

const note = '// Written by scripts/record-stdlib.mjs from the real programs; do not edit.\n'

/** Words as template lines of at most 112 characters. */
function wrap(words) {
  const lines = ['']
  for (const word of words) {
    if (lines.at(-1).length + word.length > 112) lines.push('')
    lines.push(`${lines.pop()}${word} `)
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

async function writeTable(file, name, what, text) {
  const source = `${note}\n/** ${what} */\nexport const ${name} = \`\n${text}\n\`\n`
  await fs.writeFile(path.join(folder, file), source)
}

const modules = (kind) => wrap(answer[kind].flatMap(({ module, functions }) => [`=${module}`, ...functions]))
const form = 'each module after `=`, then its functions and macros with their arities.'
await writeTable('exports-elixir.ts', 'elixirExports', `What modules of Elixir 1.14 export: ${form}`, modules('elixir'))
await writeTable(
  'exports-erlang.ts',
  'erlangExports',
  `What modules of Erlang/OTP 25 export: ${form}`,
  modules('erlang'),
)
await writeTable('atoms.ts', 'virtualMachineAtoms', 'Short atoms that exist wherever Elixir runs.', wrap(answer.atoms))
