import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { expandWord } from '../../../src/languages/dockerfile/expand.ts'
import { excludes, parseDockerignore } from '../../../src/languages/dockerignore/dockerignore.ts'
test('expand', () => {
  let bad = 0, n = 0
  for (const c of JSON.parse(readFileSync('/tmp/diff/expand.out.json', 'utf8'))) {
    n++
    const e = expandWord(c.word, (x) => (Object.hasOwn(c.env, x) ? c.env[x] : undefined), c.escape)
    const mine = JSON.stringify([e.result ?? null, e.error !== undefined, e.matched, e.unmatched, e.words])
    const theirs = JSON.stringify([c.result, c.error !== null, c.matched, c.unmatched, c.words])
    if (mine !== theirs && bad++ < 15) console.log(c.escape, JSON.stringify(c.word), '\n mine', mine, e.error, '\n thei', theirs, c.error)
  }
  console.log('expand bad', bad, n)
})
test('ignore', () => {
  let bad = 0, n = 0, err=0
  for (const c of JSON.parse(readFileSync('/tmp/diff/ignore.out.json', 'utf8'))) {
    n++
    const i = parseDockerignore({ path: 'x', text: c.dockerignore })
    const failed = i.problems.length > 0
    if (c.error) err++
    const ans = failed || c.error ? null : Object.keys(c.excluded).filter((p) => excludes(i, p) !== c.excluded[p])
    if ((failed !== (c.error !== null) || (ans && ans.length)) && bad++ < 15) console.log(JSON.stringify(c.dockerignore), failed, c.error, ans, c.patterns)
  }
  console.log('ignore bad', bad, n, err)
})
