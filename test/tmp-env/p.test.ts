import { test } from 'vitest'
import { loadCompose } from '../../src/languages/compose/load.ts'
import { closedShell, openShell } from '../../src/languages/compose/shell.ts'
test('x', () => {
  const files: Record<string,string> = {'compose.yaml': 'services:\n  web:\n    image: x\n    environment:\n      A: ecto://${DB:?set it}@x\n      B: ${FOO}-${BAR:-d}\n      C:\n      D: ${FOO:+x}\n      E: ${E1:-def}\n      F: "${G?}"\n    env_file: nope.env\n', '.env': 'FOO=1\n'}
  for (const shell of [closedShell({}), openShell()]) {
  const p = loadCompose({ read: (path) => path in files ? {path, text: files[path] ?? ''} : undefined, workingDirectory: '', rootName: 'p', shell })
  console.log(JSON.stringify([...p.services.values()].map(s => s.environment.map(e => [e.name, e.value.kind, e.value.kind==='known' ? e.value.value : '', e.value.trail.map(l => l.span.source.path+':'+l.text)])),null,1), p.problems.map(x=>x.message), p.warnings.map(x => x.message), p.variables.map(v => v.name+v.operator+v.value.kind))
  }
})
