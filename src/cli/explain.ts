import type { Command } from './command.ts'
import { exit } from './exit.ts'
import { callIsWrong, hasColour } from './io.ts'
import { didYouMean } from './suggest.ts'

/** Prints the page of a rule. */
export const explain: Command = {
  name: 'explain',
  summary: 'print what a rule is about, with examples',
  operands: 'RULE',
  description: [
    'The page works without a network: it is the documentation of the rule, and its examples are its tests.',
  ],
  flags: [],
  examples: [{ call: 'docker-gotchas explain assets-after-release', does: 'read about one rule' }],
  async run(call, io) {
    const [{ rules }, { explainRule }] = await Promise.all([
      import('../rules/index.ts'),
      import('../report/explain.ts'),
    ])
    const [id, ...more] = call.operands
    if (id === undefined || more.length > 0) return callIsWrong(io, 'name one rule', 'explain')
    const rule = rules.find((one) => one.id === id)
    const ids = rules.map((one) => one.id)
    if (rule === undefined) return callIsWrong(io, `there is no rule \`${id}\`${didYouMean(id, ids)}`, 'explain')
    io.stdout.write(explainRule(rule, hasColour(io.env, io.stdout)))
    return exit.clean
  },
}
