import { type BootOptions, type BootPages, placeName, shownPages, titleOf, veilOverBoots } from './boot.ts'
import { contractRows } from './boot-contract.ts'
import { factsOf } from './boot-facts.ts'
import { visible } from './cells.ts'

const signs = { good: '✅', bad: '❌', doubt: '❔', plain: '' } as const

/** What each container does when it starts, as Markdown for a pull request or a wiki. */
export function bootMarkdown(boots: BootPages, options: BootOptions): string {
  const veil = veilOverBoots(boots, options.showSecrets)
  const parts = shownPages(boots).flatMap((page) => {
    const place = (at: Parameters<typeof placeName>[0] | undefined) => (at ? `\`${placeName(at, options)}\`` : '')
    const facts = factsOf(page.outcome).map(({ label, mark, text, at }) => {
      return `| ${signs[mark]} ${label} | ${cell(veil.text(text))} | ${place(at)} |`
    })
    const variables = page.outcome.variables.filter(({ during }) => during === 'start')
    const rows = contractRows(variables, veil).map(({ name, mark, text, at }) => {
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
