import { expect, test } from 'vitest'
import { reportTty } from '../../src/report/formats/tty.ts'
import { span } from '../../src/text/source.ts'
import { finding, report, source } from './report.ts'

test('a line of five million characters with many findings', () => {
  const long = source('.env', 'x'.repeat(5_000_000))
  const findings = Array.from({ length: 100 }, (_, index) =>
    finding(span(long, index * 50_000, index * 50_000 + 40_000)),
  )
  const lines = reportTty(report(findings, {}, [span(long, 10, 20)])).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
})

test('a finding that covers a large file shows its ends only', () => {
  const large = source('Dockerfile', 'RUN x\n'.repeat(800_000))
  const lines = reportTty(report([finding(span(large, 0, large.text.length))])).split('\n')
  expect(lines.length).toBeLessThan(20)
})

test('places out of the text, and at its end', () => {
  const short = source('Dockerfile', 'RUN x')
  for (const at of [span(short, 5, 5), { source: short, start: 3, end: 99 }, { source: short, start: 9, end: 99 }]) {
    expect(reportTty(report([finding(at)]))).toContain('1 │ RUN x')
  }
})

test.each([40, 60, 200])('a terminal of %d columns', (width) => {
  const text = 'ENV AAA=1 BBB=2 CCC=3 '.repeat(4)
  const at = source('Dockerfile', text)
  const related = [0, 22, 44].map((start) => ({ span: span(at, start + 4, start + 7), text: 'a word '.repeat(20) }))
  const lines = reportTty(report([finding(span(at, 70, 75), { related })], { width })).split('\n')
  const frame = lines.filter((line) => line.includes('│'))
  expect(Math.max(...frame.map((line) => line.length))).toBeLessThanOrEqual(width)
})
