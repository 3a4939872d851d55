import { defineRule } from '../../src/rules/rule.ts'
import { span } from '../../src/text/source.ts'

/** A stand-in for the real rules: tests of the command line do not hang on what those know. */
export const lateAssets = defineRule({
  id: 'assets-after-release',
  gotcha: 'assets',
  severity: 'error',
  summary: 'too late',
  incident: 'The page has no style.',
  remedy: 'Move it up',
  why: 'So it is.',
  links: [],
  examples: [{ title: 'late', bad: '', good: '' }],
  *check({ dockerfiles }) {
    for (const { source } of dockerfiles) {
      const start = source.text.indexOf('RUN mix release\nRUN mix assets.deploy')
      if (start !== -1) yield { message: 'too late', span: span(source, start + 4, start + 15) }
    }
  },
})
