import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import { scriptText } from '../../../src/languages/dockerfile/script.ts'
import { positionAt, textOf } from '../../../src/text/source.ts'
const argsOf = (i: any, d: any): any => {
  switch (i.keyword) {
    case 'RUN': case 'CMD': case 'ENTRYPOINT': 
      if (i.command.form === 'exec') return i.command.argv.map((a: any) => a.text)
      if (i.command.omitted.length || i.heredocs.length) return 'skip'
      return [textOf(i.command.script)].filter((x) => x !== '')
    case 'HEALTHCHECK': return 'skip'
    case 'FROM': return 'skip'
    case 'COPY': case 'ADD': return [...i.sources.map((s: any) => s.text), i.destination.text]
    case 'ENV': case 'LABEL': return i.pairs.flatMap((p: any) => [p.name, p.value])
    case 'ARG': return i.pairs.map((p: any) => (p.value === undefined ? p.name : p.name + '=' + p.value))
    case 'EXPOSE': return i.ports.map((p: any) => p.text)
    case 'VOLUME': return i.paths.map((p: any) => p.text)
    case 'SHELL': return i.argv.map((p: any) => p.text)
    case 'ONBUILD': return [i.trigger.keyword]
    case 'UNKNOWN': return 'skip'
    default: return [i.word.text]
  }
}
test('df', () => {
  let bad = 0, n = 0, r = 0
  for (const c of JSON.parse(readFileSync('/tmp/diff/df.out.json', 'utf8'))) {
    n++
    const source = { path: 'Dockerfile', text: c.dockerfile }
    const d = parseDockerfile(source)
    const nonRef = d.problems.filter((p) => !/not built before|there is no stage|has no `FROM`|takes no variables|is empty unless/.test(p.message))
    const say = (...x: any[]) => { if (bad++ < 40 && !/no key/.test(JSON.stringify(x)) && !/[^\x00-\x7f]/.test(c.dockerfile)) console.log(c.id, JSON.stringify(c.dockerfile.slice(0, 700)), '\n', ...x) }
    const refused = c.error ?? c.refused
    if (c.error) { if (d.problems.length === 0) say('no problem, but', c.error); r++; continue }
    if ((nonRef.length > 0) !== (refused != null)) { say('refused', refused, nonRef.map((p) => p.message)); continue }
    if (d.instructions.length !== c.instructions.length) { say('count', d.instructions.map((i) => i.keyword), c.instructions.map((i: any) => i.keyword)); continue }
    if (d.escape !== c.escape) say('escape')
    d.instructions.forEach((i, x) => {
      const t = c.instructions[x]
      const inner = i.keyword === 'ONBUILD' ? i.trigger : i
      const kw = i.keyword === 'UNKNOWN' ? i.name : i.keyword
      if (kw !== t.keyword.toUpperCase()) say('keyword', kw, t.keyword)
      const flags = i.flags.map((f) => '--' + f.name + (f.value === undefined ? '' : '=' + f.value))
      if (JSON.stringify(flags) !== JSON.stringify(t.flags)) if (!/[^\x00-\x7f]/.test(c.dockerfile)) say('flags', flags, t.flags)
      const a = argsOf(i, d)
      const ta = i.keyword === 'ENV' || i.keyword === 'LABEL' ? t.args.filter((_: any, k: number) => k % 3 !== 2) : i.keyword==='COPY'||i.keyword==='ADD' ? t.args.filter((w: string) => !(i.files.length && /^\d*<</.test(w))) : t.args
      if (a !== 'skip' && !refused && JSON.stringify(a) !== JSON.stringify(ta)) say('args', a, ta)
      const docs = inner.heredocs.map((h) => ({ name: h.delimiter, expand: !h.quoted, chomp: h.stripTabs, content: textOf(h.bodySpan) }))
      const td = t.heredocs.map((h: any) => ({ name: h.name, expand: h.expand, chomp: h.chomp, content: h.content }))
      if (JSON.stringify(docs) !== JSON.stringify(td)) say('docs', JSON.stringify(docs), JSON.stringify(td))
      const start = positionAt(source, i.span.start).line
      if (!/\r(?!\n)/.test(c.dockerfile) && (start < t.lines[0] || positionAt(source, i.span.end).line > t.lines[1])) say('lines', start, positionAt(source, i.span.end).line, t.lines, textOf(i.span))
      const cmd = 'command' in inner ? inner.command : undefined
      if (cmd?.form === 'shell' && scriptText(cmd).length !== cmd.script.end - cmd.script.start) say('script length')
    })
  }
  console.log('df bad', bad, n, r)
})
