import { describe, expect, test } from 'vitest'
import { reportLines } from '../../src/report/formats/gnu.ts'
import { reportTty } from '../../src/report/formats/tty.ts'
import type { Report } from '../../src/report/report.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { span } from '../../src/text/source.ts'
import { at, finding, report, rule, source } from './report.ts'

const dockerfile = source(
  'Dockerfile',
  'FROM elixir:1.18 AS build\nRUN mix release\nRUN ls\nRUN mix assets.deploy\nENV PORT=4000\n',
)
const compose = source('compose.yaml', 'services:\n  web:\n    command: bin/server\n')

/** The frame of one finding: what stands between its message and the reasons. */
function frameOf(diagnostic: Diagnostic, more: Partial<Report> = {}): string {
  const lines = reportTty(report([diagnostic], { rules: [], ...more })).split('\n')
  const end = lines.indexOf('', 2)
  return `\n${lines.slice(3, end).join('\n')}\n`
}

test('a whole report', () => {
  const late = finding(at(dockerfile, 'mix assets.deploy'), {
    related: [
      { span: at(compose, 'bin/server'), text: 'it is started here' },
      { span: at(dockerfile, 'mix release'), text: 'the release is made here' },
    ],
    why: rule.incident,
    remedy: rule.remedy,
    fixes: [
      { title: 'move it before `mix release`', safety: 'safe', edits: [] },
      { title: 'drop it', safety: 'unsafe', edits: [] },
    ],
  })
  const port = finding(at(dockerfile, 'PORT'), {
    rule: 'port-mismatch',
    gotcha: 'host-and-server',
    severity: 'warning',
    certainty: 'likely',
    message: '`PORT` is not what is published',
    remedy: 'Publish the port that the app listens on',
  })
  const notes = ['compose.yaml is taken for production: it has no `dev` in its name']
  expect(`\n${reportTty(report([late, port], { notes }))}`).toBe(`
━━ Host and server · 1 finding ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

warning[port-mismatch]: \`PORT\` is not what is published (likely)
   ┌─ Dockerfile:5:5
 5 │ ENV PORT=4000
   │     ^^^^
   = do: Publish the port that the app listens on

━━ Assets · 1 finding ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

error[assets-after-release]: \`mix assets.deploy\` runs after \`mix release\`
   ┌─ Dockerfile:4:5
 2 │ RUN mix release
   │     ----------- 1. the release is made here
 3 │ RUN ls
 4 │ RUN mix assets.deploy
   │     ^^^^^^^^^^^^^^^^^
   ├─ compose.yaml:3:14
 3 │     command: bin/server
   │              ---------- 2. it is started here
   = why: The app boots and every page is unstyled HTML.
   = fix: move it before \`mix release\`
   = fix: drop it (needs --unsafe)

1 error, 1 warning in 1 file
start with Dockerfile:4:5 (assets-after-release)
\`docker-gotchas explain assets-after-release\` says more about a rule
read 1 file: Dockerfile
checked: web (compose.yaml) from Dockerfile:final
note: compose.yaml is taken for production: it has no \`dev\` in its name
`)
})

test('nothing found', () => {
  const read = ['Dockerfile', 'compose.yaml', 'config/runtime.exs', 'mix.exs', 'rel/env.sh.eex']
  expect(reportTty(report([], { read }))).toBe(
    'clean: nothing found; read 5 files: Dockerfile, compose.yaml, config/runtime.exs and 2 more\n' +
      'checked: web (compose.yaml) from Dockerfile:final\n',
  )
})

describe('frames', () => {
  test('marks of one line share rows where they have nothing to say', () => {
    const env = source('Dockerfile', 'ENV A=1 B=2 C=3\n')
    const related = [
      { span: at(env, 'B=2'), text: '' },
      { span: at(env, 'C=3'), text: 'last' },
    ]
    expect(frameOf(finding(at(env, 'A=1'), { related }))).toBe(`
   ┌─ Dockerfile:1:5
 1 │ ENV A=1 B=2 C=3
   │     ^^^ --- --- last
`)
  })

  test('the label of the place itself stands at its carets', () => {
    expect(frameOf(finding(at(compose, 'web'), { related: [{ span: at(compose, 'web'), text: 'this one' }] }))).toBe(`
   ┌─ compose.yaml:2:3
 2 │   web:
   │   ^^^ this one
`)
  })

  test('far lines are cut out', () => {
    const far = source('Dockerfile', `FROM a\n${'RUN x\n'.repeat(97)}CMD b\n`)
    expect(frameOf(finding(at(far, 'CMD b'), { related: [{ span: at(far, 'FROM a'), text: 'begins' }] }))).toBe(`
    ┌─ Dockerfile:99:1
  1 │ FROM a
    │ ------ begins
  ⋮ │
 99 │ CMD b
    │ ^^^^^
`)
  })

  test('several lines have a bar at their side, and their middle is left out', () => {
    const run = source('Dockerfile', 'RUN a && \\\n    b && \\\n    c && \\\n    d && \\\n    e && \\\n    f\nCMD x\n')
    const related = [{ span: at(run, 'CMD x'), text: 'runs this' }]
    expect(frameOf(finding(span(run, 4, run.text.indexOf('\nCMD')), { related }))).toBe(`
   ┌─ Dockerfile:1:5
 1 │ ╭ RUN a && \\
   │ │     ^^^^^^
 2 │ │     b && \\
 3 │ │     c && \\
 4 │ │     d && \\
 5 │ │     e && \\
 6 │ │     f
   │ ╰     ^
 7 │   CMD x
   │   ----- runs this
`)
    const long = source('Dockerfile', `RUN a \\\n${'  b \\\n'.repeat(20)}  c\n`)
    expect(frameOf(finding(span(long, 0, long.text.length)))).toBe(`
    ┌─ Dockerfile:1:1
  1 │ ╭ RUN a \\
  2 │ │   b \\
  3 │ │   b \\
  ⋮ │ ⋮
 21 │ │   b \\
 22 │ │   c
    │ ╰   ^
`)
  })

  test('tabs, wide characters, emoji and combining marks keep the carets in place', () => {
    const wide = source('.env', '\tA=漢字 B=👩‍👩‍👧 C=e\u0301 D=here\n')
    expect(frameOf(finding(at(wide, 'here')))).toBe(`
   ┌─ .env:1:${wide.text.indexOf('here') + 1}
 1 │     A=漢字 B=👩‍👩‍👧 C=e\u0301 D=here
   │                       ^^^^
`)
  })

  test('CRLF and an empty place at the end of a line', () => {
    const windows = source('.env', 'A=1\r\nB=\r\nC=3\r\n')
    const end = windows.text.indexOf('B=') + 2
    expect(frameOf(finding(span(windows, end, end)))).toBe(`
   ┌─ .env:2:3
 2 │ B=
   │   ^
`)
  })

  test('a long line is cut around its carets', () => {
    const long = source('.env', `${'x'.repeat(5000)} needle ${'y'.repeat(5000)}\n`)
    const [, header = '', code = '', carets = ''] = frameOf(finding(at(long, 'needle'))).split('\n')
    expect(header).toContain('.env:1:5002')
    expect(code.length).toBeLessThanOrEqual(80)
    expect(code).toMatch(/│ …x+ needle y+…$/)
    expect(carets.indexOf('^^^^^^')).toBe(code.indexOf('needle'))
  })

  test('a label that does not fit beside its mark stands below it', () => {
    const long = source('.env', `${'x'.repeat(60)} needle\n`)
    const text = 'a sentence that is much too long for the few columns that are left beside it'
    expect(frameOf(finding(at(long, 'xxx'), { related: [{ span: at(long, 'needle'), text }] }))).toBe(`
   ┌─ .env:1:1
 1 │ ${'x'.repeat(60)} needle
   │ ^^^                                                          ------
   │                            a sentence that is much too long for the few
   │                            columns that are left beside it
`)
  })

  test('a file that is empty or does not exist has only its name', () => {
    const ignore = source('.dockerignore', '')
    const related = [{ span: span(ignore, 0, 0), text: 'there is no such file' }]
    expect(frameOf(finding(at(compose, 'web'), { related }))).toBe(`
   ┌─ compose.yaml:2:3
 2 │   web:
   │   ^^^
   ├─ .dockerignore:1:1
   │ there is no such file
`)
  })

  test('a trail without end is cut', () => {
    const related = Array.from({ length: 40 }, (_, index) => ({ span: at(compose, 'web'), text: `step ${index}` }))
    expect(frameOf(finding(at(dockerfile, 'PORT'), { related }))).toContain('= trail: and 24 more steps')
  })
})

describe('what is not printed', () => {
  test('secrets: three characters and dots, in place and wherever else the value stands', () => {
    const env = source('.env', 'SECRET_KEY_BASE=abcdefghijklmnop OTHER=1\nCOPY=abcdefghijklmnop\n')
    const secret = at(env, 'abcdefghijklmnop')
    const text = reportTty(
      report(
        [
          finding(secret, {
            message: 'it is `abcdefghijklmnop`',
            related: [{ span: at(env, 'COPY'), text: 'abcdefghijklmnop' }],
          }),
        ],
        {},
        [secret],
      ),
    )
    expect(text).not.toContain('abcd')
    expect(text).toContain('1 │ SECRET_KEY_BASE=abc············· OTHER=1')
    expect(text).toContain('  │                 ^^^^^^^^^^^^^^^^')
    expect(text).toContain('2 │ COPY=abc·············')
    expect(text).toContain('it is `abc·············`')
  })

  test('control characters, in code, messages and paths', () => {
    const evil = source('a\u001b[2J.env', 'A=\u001b]0;x\u0007 \u202Eevil\u0000\u009b31m\n')
    const text = reportTty(report([finding(at(evil, 'evil'), { message: 'see \u001b[31m' })]))
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u)
    expect(text).toContain('1 │ A=␛]0;x␇ \ufffdevil␀\ufffd31m')
    expect(reportLines(report([finding(at(evil, 'evil'))]))).toMatch(/^a␛\[2J\.env:1:/)
  })
})

test('colours only where they are wanted', () => {
  const one = [finding(at(dockerfile, 'PORT'))]
  expect(reportTty(report(one))).not.toContain('\u001b')
  expect(reportTty(report(one, { colour: true }))).toContain('\u001b[1;31merror[assets-after-release]:\u001b[0m')
})

test('quiet: a line for each finding, by place', () => {
  const findings = [finding(at(compose, 'web'), { severity: 'info' }), finding(at(dockerfile, 'PORT'))]
  expect(reportLines(report(findings))).toBe(
    `Dockerfile:5:5: error: ${rule.summary} [assets-after-release]\n` +
      `compose.yaml:2:3: info: ${rule.summary} [assets-after-release]\n`,
  )
  expect(reportLines(report([]))).toBe('')
})
