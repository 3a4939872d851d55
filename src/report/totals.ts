import { checkedText, type Looked, uncheckedText } from '../model/project/looked.ts'
import { leftOutNote } from '../model/project/targets.ts'
import { countsOf, filesOf } from './order.ts'
import type { Report } from './report.ts'
import { visible } from './terminal/cells.ts'
import { counted, listed } from './terminal/place.ts'

/** `2 errors, 1 info in 2 files`, or that nothing was found. */
export function totals({ diagnostics }: Pick<Report, 'diagnostics'>): string {
  if (diagnostics.length === 0) return 'nothing found'
  const counts = countsOf(diagnostics)
  const parts = [
    counts.error > 0 ? [counted(counts.error, 'error')] : [],
    counts.warning > 0 ? [counted(counts.warning, 'warning')] : [],
    counts.info > 0 ? [`${counts.info} info`] : [],
  ].flat()
  const files = new Set(diagnostics.map(({ span }) => span.source.path))
  return `${parts.join(', ')} in ${counted(files.size, 'file')}`
}

/** `read 3 files: Dockerfile, compose.yaml and mix.exs`. */
export function readText(report: Report): string {
  const files = filesOf(report)
  return `read ${counted(files.length, 'file')}${files.length === 0 ? '' : `: ${listed(files)}`}`
}

const mostTold = 20

/** What was checked, or why nothing was, and what to do about that. */
export function lookedText(looked: Looked): string {
  const nothing = uncheckedText(looked)
  if (nothing !== undefined) return nothing
  const { checked, shard } = looked
  const part = shard ? ` in shard ${shard.index}/${shard.of}` : ''
  if (checked.length === 0) return `nothing is to be checked${part}`
  const told = checked.slice(0, mostTold).map((container) => visible(checkedText(container)))
  const rest = checked.length > mostTold ? [`and ${checked.length - mostTold} more`] : []
  return `checked${part}: ${[...told, ...rest].join('; ')}`
}

/** The same and what was left out with its reasons, in one line: for formats in which there is no place for it. */
export function lookedLine({ looked }: Pick<Report, 'looked'>): string {
  const { leftOut } = looked
  const told = leftOut.slice(0, mostTold).map(leftOutNote)
  const rest = leftOut.length > mostTold ? [`and ${leftOut.length - mostTold} more`] : []
  return [lookedText(looked), ...told, ...rest].join('; ')
}

const quietedBy = { comment: 'comments', settings: 'the settings', baseline: 'the baseline' } as const

/** How many findings are kept quiet, and by what; nothing where none is. */
export function quieted({ suppressed = [] }: Report): readonly string[] {
  const parts = (['comment', 'settings', 'baseline'] as const).flatMap((by) => {
    const count = suppressed.filter((one) => one.by === by).length
    return count > 0 ? [`${count} by ${quietedBy[by]}`] : []
  })
  return parts.length > 0 ? [`kept quiet: ${parts.join(', ')}`] : []
}

/** What was read, what was checked and what is kept quiet, in lines. */
export const lookedLines = (report: Report): readonly string[] => [
  readText(report),
  lookedText(report.looked),
  ...quieted(report),
]
