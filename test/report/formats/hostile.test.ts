import { describe, expect, test } from 'vitest'
import { type FormatName, formatNames, reporters } from '../../../src/report/formats/table.ts'
import type { Report } from '../../../src/report/report.ts'
import { neutral } from '../../../src/text/neutral.ts'
import { span } from '../../../src/text/source.ts'
import { finding, report, source } from '../report.ts'
import { readCommands, readHtml, readMarkdown, readXml } from './read.ts'
import { problemsOf } from './schemas.ts'

/** Names and texts that end what stands around them, in one format or another. */
const hostile = [
  'a\nb',
  'a\r\n::error::b',
  '::error file=x::pwned',
  'x\n##[group]pwned',
  '100%0A::set-output name=a::b',
  'a,line=1:b%25',
  ']]><pwned/>',
  '--><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\'"&amp;<pwned>',
  'a | b || c \\| d',
  '`</code></pre><script>alert(1)</script>',
  '[x](javascript:alert(1)) ![y](z)',
  'https://evil.example/ www.evil.example a@evil.example @team #1',
  '# head\n\n- item\n\n```\ncode',
  'a\0b\x1b[31mc\x07',
  '\ud800 lone, \ufffe, \u2028, \u202e turned',
  'a\tb  c',
  '</table></details></summary></style></title>',
]

const rules = ['assets-after-release', 'made"<up>|\n::error::it']

/** A report in which the text stands wherever a project can put one. */
function reportOf(text: string): Report {
  const here = source(text, `RUN ${text}\nRUN mix release\n`)
  const place = span(here, 4, 4 + text.length)
  const all = rules.map((rule) =>
    finding(place, {
      rule,
      message: `\`${text}\` is ${text}`,
      why: text,
      remedy: text,
      related: [{ span: place, text }],
      fixes: [{ title: text, safety: 'safe', edits: [{ span: place, text }] }],
    }),
  )
  const notes = [text]
  const looked = { checked: [{ image: text }], leftOut: [], nothing: undefined }
  return report(all, { notes, looked, failures: [{ rule: rules[0] ?? '', message: text }] })
}

const printed = async (format: FormatName, text: string): Promise<string> =>
  (await reporters[format]())(reportOf(text), {
    title: text,
    graph: undefined,
    boots: undefined,
    shown: (path) => path,
  })

/** The tags that a format may hold. */
const tags = {
  markdown: ['h3', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code', 'details', 'summary', 'pre', 'ul', 'li', 'p'],
  html: [
    'html',
    'head',
    'meta',
    'title',
    'link',
    'style',
    'body',
    'h1',
    'h2',
    'p',
    'section',
    'details',
    'summary',
  ].concat(['b', 'code', 'span', 'pre']),
}

describe.each(hostile.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
  test.each(formatNames)('is no more than a text in %s', async (format) => {
    const output = await printed(format, text)
    switch (format) {
      case 'github': {
        const commands = readCommands(output)
        expect(commands.map(({ command }) => command)).toEqual(['error', 'error'])
        for (const { properties } of commands) {
          expect(
            Object.keys(properties).filter((name) => !/^(file|line|endLine|col|endColumn|title)$/.test(name)),
          ).toEqual([])
          expect(properties.file).toBe(neutral(text))
        }
        return
      }
      case 'checkstyle':
        expect(readXml(output).children.map(({ name, children }) => [name, children.map((one) => one.name)])).toEqual([
          ['file', ['error', 'error']],
        ])
        return
      case 'junit': {
        const root = readXml(output)
        expect([root.name, root.attributes.tests, root.attributes.failures]).toEqual(['testsuites', '3', '2'])
        expect(root.children.map(({ name }) => name)).toEqual(['testsuite', 'testsuite'])
        return
      }
      case 'markdown': {
        const elements = readMarkdown(output)
        expect(elements.map(({ name }) => name).filter((name) => !tags.markdown.includes(name))).toEqual([])
        expect(elements.filter(({ name }) => name === 'tr')).toHaveLength(3)
        expect(elements.filter(({ name }) => name === 'td')).toHaveLength(8)
        expect(elements.filter(({ name }) => name === 'details')).toHaveLength(2)
        for (const { name, attributes } of elements) expect([name, attributes]).toEqual([name, {}])
        return
      }
      case 'html': {
        const elements = readHtml(output)
        expect(elements.map(({ name }) => name).filter((name) => !tags.html.includes(name))).toEqual([])
        expect(elements.filter(({ name }) => name === 'details')).toHaveLength(2)
        const attributes = new Set(elements.flatMap((one) => Object.keys(one.attributes)))
        expect([...attributes].filter((name) => /^on|^src$/.test(name))).toEqual([])
        return
      }
      case 'gnu':
        expect(neutral(output).split('\n')).toHaveLength(3)
        expect(readCommands(neutral(output))).toEqual([])
        return
      case 'tty':
        expect(readCommands(neutral(output))).toEqual([])
        return
      case 'codeclimate': {
        const issues = output.split('\0').slice(0, -1)
        expect(issues.flatMap((one) => problemsOf('issue', JSON.parse(one)))).toEqual([])
        expect(issues).toHaveLength(2)
        return
      }
      case 'codacy':
      case 'ndjson': {
        const lines = output.trimEnd().split('\n')
        expect(lines.map((line) => JSON.parse(line))).toHaveLength(format === 'ndjson' ? 3 : 2)
        expect(readCommands(neutral(output))).toEqual([])
        return
      }
      default: {
        expect(neutral(output)).toBe(output)
        expect(JSON.stringify(JSON.parse(output))).toContain(JSON.stringify(text).slice(1, -1))
        expect(readCommands(output)).toEqual([])
      }
    }
  })
})
