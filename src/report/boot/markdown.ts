import type { BootPages } from '../../masking/boots.ts'
import type { Shown } from '../../masking/shown.ts'
import { visible } from '../terminal/cells.ts'
import { type BootOptions, placeName, startedOf, titleOf } from './boot.ts'
import { contractRows } from './contract.ts'

const signs = { good: '✅', bad: '❌', doubt: '❔', plain: '' } as const

/** What each container does when it starts, as Markdown for a pull request or a wiki. */
export function bootMarkdown(boots: Shown<BootPages>, options: BootOptions): string {
  const parts = startedOf(boots.pages).flatMap((page) => {
    const place = (at: Parameters<typeof placeName>[0] | undefined) => (at ? `\`${placeName(at, options)}\`` : '')
    const facts = page.facts.map(({ label, mark, text, at }) => {
      return `| ${signs[mark]} ${label} | ${cell(text)} | ${place(at)} |`
    })
    const variables = page.variables.filter(({ during }) => during === 'start')
    const rows = contractRows(variables).map(({ name, mark, text, at }) => {
      return `| ${signs[mark]} | \`${name}\` | ${cell(text)} | ${place(at?.span)} |`
    })
    return [
      `## ${cell(titleOf(page, options))}`,
      '',
      '| What | Answer | Where |',
      '| --- | --- | --- |',
      ...facts,
      '',
      ...(rows.length === 0 ? [] : ['| | Variable | Value | Where |', '| --- | --- | --- | --- |', ...rows, '']),
    ]
  })
  return `${parts.join('\n').trimEnd()}\n`
}

/** Text that stays in its cell. */
const cell = (text: string): string => visible(text.replace(/[\r\n]+/g, ' ')).replace(/[|<]/g, '\\$&')
