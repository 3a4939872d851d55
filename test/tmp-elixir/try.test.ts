import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { loadElixir } from '/work/main/src/languages/elixir/grammar.ts'
import { evaluateConfig } from '/work/main/src/languages/elixir/run.ts'
import { toTerm } from '/work/main/src/languages/elixir/term.ts'
import { known, unset, unknown } from '/work/main/src/text/known.ts'
test('x', async () => {
  await loadElixir()
  for (const text of readFileSync(process.env.SNIP ?? '/tmp/snip.txt', 'utf8').split('\n---\n')) {
    const run = evaluateConfig({ entry: { path: 'config/runtime.exs', text: `import Config\n${text}` }, directory: '/app/releases/0.1.0', workingDirectory: '/app', file: () => unset(), kind: 'runtime', configEnv: 'prod', environment: { get: (n) => n.startsWith('U') ? unknown('it may be given at run time') : n.startsWith('S') ? known('set-' + n) : unset() }, mixAvailable: false, otherModules: 'unknown' })
    console.log(text.trim().replaceAll('\n', ' ⏎ ') + '\n   => ' + JSON.stringify(toTerm(run.config), (_, v) => typeof v === 'bigint' ? String(v) : v) + (run.outcome.kind === 'ok' ? '' : '\n   OUTCOME ' + JSON.stringify(run.outcome.kind === 'crash' ? [run.outcome.error.type, run.outcome.error.message] : run.outcome.why)) + run.possibleCrashes.map((c) => '\n   MAYBE ' + c.error.type + ': ' + c.error.message).join('') + (run.reads.length ? '\n   READS ' + run.reads.map((r) => r.name + (r.required ? '!' : '') + (r.guards.length ? `(${r.guards.length})` : '')).join(' ') : '') + (run.notes.length ? '\n   NOTES ' + run.notes.map((n) => n.why).join('; ') : ''))
  }
})
