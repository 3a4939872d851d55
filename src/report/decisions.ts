import { containerName } from '../model/project/looked.ts'
import { placeName } from '../text/source.ts'
import { filesOf } from './order.ts'
import type { Report } from './report.ts'
import { counted } from './terminal/place.ts'

/** What was decided before and after the rules were asked, in lines: what ships and what does not, and which findings are kept quiet. */
export const decisionsOf = (report: Report): readonly string[] => {
  const { looked, notes, suppressed = [], version } = report
  const files = filesOf(report)
  return [
    `docker-gotchas ${version}, ${counted(report.rules.length, 'rule')}`,
    `read ${counted(files.length, 'file')}${files.length === 0 ? '' : `: ${files.join(', ')}`}`,
    ...looked.checked.map((one) => `production: ${containerName(one)}`),
    ...looked.leftOut.map(({ what, reason }) => `left out: ${what}: ${reason}`),
    ...(looked.nothing === undefined ? [] : [`nothing was checked: ${looked.nothing}`]),
    ...notes.map((note) => `note: ${note}`),
    ...suppressed.map(({ diagnostic: { rule, span }, by, reason }) => {
      const why = reason === undefined ? '' : `: ${reason}`
      return `kept quiet by ${by === 'comment' ? 'a comment' : `the ${by}`}: ${rule} at ${placeName(span)}${why}`
    }),
  ]
}
