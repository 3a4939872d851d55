import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { loadElixir } from '/work/main/src/languages/elixir/grammar.ts'
import { evaluateConfig } from '/work/main/src/languages/elixir/run.ts'
import { toTerm } from '/work/main/src/languages/elixir/term.ts'
import { known, unset } from '/work/main/src/text/known.ts'
const env = new Map(Object.entries({ SET: 'set', NUM: '42', EMPTY: '', LIST: 'a,b,c', URL: 'https://u:p@h.example:444/p?q=1' }))
const canon = (t: any): any => Array.isArray(t) ? t.map(canon) : t && typeof t === 'object' ? ('kw' in t ? { kw: [...new Map(t.kw.toReversed().map(([k, v]: any) => [k, canon(v)]))].sort() } : Object.fromEntries(Object.entries(t).map(([k, v]) => [k, canon(v)]))) : typeof t === 'string' ? t.replaceAll(/#Function<[^>]*>/g, '#F') : t
test('diff', async () => {
  await loadElixir()
  const out: string[] = []
  let bad = 0, unk = 0
  const all = JSON.parse(readFileSync(process.env.DF ?? '/tmp/df/out.json', 'utf8'))
  for (const { snippet, result } of all) {
    const run = evaluateConfig({ entry: { path: 'releases/0.1.0/runtime.exs', text: `import Config\n${snippet}` }, directory: '/REL/releases/0.1.0', workingDirectory: '/REL', file: () => unset(), kind: 'runtime', configEnv: 'prod', environment: { all: env, get: (n) => env.has(n) ? known(env.get(n)!) : unset() }, mixAvailable: false, otherModules: 'absent' })
    let ours: any = run.outcome.kind === 'ok' ? { ok: true, config: toTerm(run.config) } : run.outcome.kind === 'unknown' ? { unknown: run.outcome.why } : { ok: false, error: { kind: run.outcome.error.kind, type: run.outcome.error.type || null, message: run.outcome.error.message } }
    ours = JSON.parse(JSON.stringify(ours, (_, v) => typeof v === 'bigint' ? Number(v) : v))
    const c = (r: any) => { if (r.error && /^(CompileError|SyntaxError|TokenMissingError)$/.test(r.error.type)) r = { ok: false, error: 'compile' }; return JSON.stringify(canon(r)) }
    const [a, b] = [c(result), c(ours)]
    if (a !== b) {
      const isUnknown = b.includes('"unknown"')
      if (isUnknown) unk++; else bad++
      out.push(`${isUnknown ? 'UNKNOWN' : 'DIFF'} ${snippet}\n   real ${a.slice(0, 500)}\n   ours ${b.slice(0, 500)}`)
    }
  }
  writeFileSync('/tmp/df/report.txt', `${all.length} snippets, ${bad} differ, ${unk} unknown\n` + out.join('\n'))
})
