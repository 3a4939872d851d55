import type { Command } from './command.ts'
import { composeFlags } from './compose-flags.ts'
import { exit } from './exit.ts'
import { callIsWrong, hasColour, widthOf } from './io.ts'
import { settingsFlags } from './settings-flags.ts'
import { didYouMean } from './suggest.ts'

/** Prints the page of a rule, or why there is a finding at a place. */
export const explain: Command = {
  name: 'explain',
  summary: 'print what a rule is about, or why there is a finding at a place',
  operands: 'RULE | FILE:LINE[:COL]',
  description: [
    'The page of a rule works without a network: it is its documentation, and its examples are its tests.',
    'Of a place it prints each finding there with its whole trail, and what would silence it rightly.',
    'Exit codes: 0 printed, also where there is no finding · 2 the call is wrong · 3 docker-gotchas failed',
  ],
  flags: [
    { name: 'full', summary: 'of a rule: all its examples, with all their files' },
    ...settingsFlags,
    ...composeFlags,
  ],
  examples: [
    { call: 'docker-gotchas explain assets-after-release', does: 'read about one rule' },
    { call: 'docker-gotchas explain Dockerfile:27', does: 'see why this line is reported' },
  ],
  async run(call, io) {
    const [operand, ...more] = call.operands
    if (operand === undefined || more.length > 0)
      return callIsWrong(io, 'name one rule, or one place as FILE:LINE', 'explain')
    const { explainPlace, placeIn } = await import('./explain/place.ts')
    const place = placeIn(operand)
    if (place) return explainPlace(place, call, io)
    const [{ rules }, { explainRule }] = await Promise.all([
      import('../rules/index.ts'),
      import('../report/explain.ts'),
    ])
    const rule = rules.find((one) => one.id === operand)
    const ids = rules.map((one) => one.id)
    if (rule === undefined) {
      const isPath = /[./]|^Dockerfile$/.test(operand)
      const hint = isPath ? '; name a place as FILE:LINE' : didYouMean(operand, ids)
      return callIsWrong(io, `there is no rule \`${operand}\`${hint}`, 'explain')
    }
    const look = { full: call.has('full'), colour: hasColour(io.env, io.stdout), width: widthOf(io.stdout) }
    io.stdout.write(await explainRule(rule, look))
    return exit.clean
  },
}
