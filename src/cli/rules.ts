import type { Command } from './call/command.ts'
import { exit } from './io/exit.ts'
import { hasColour, widthOf } from './io/io.ts'

const formats = ['tty', 'json', 'markdown'] as const

/** Lists the rules. */
export const rules: Command = {
  name: 'rules',
  summary: 'list the rules',
  operands: '',
  description: [
    'Each with what it is about, its severity, and whether it offers a fix: a safe one, or one to look at first.',
    '`docker-gotchas explain RULE` prints the page of one.',
  ],
  flags: [{ name: 'format', value: 'FORMAT', choices: formats, fallback: 'tty', summary: 'how to print' }],
  examples: [
    { call: 'docker-gotchas rules', does: 'see what is looked for' },
    { call: 'docker-gotchas rules --format json', does: 'hand the list to another program' },
  ],
  async run(call, io) {
    const [{ rules: all }, { rulesJson, rulesMarkdown, rulesTty }] = await Promise.all([
      import('../rules/index.ts'),
      import('../report/rules.ts'),
    ])
    const format = call.one('format') ?? 'tty'
    if (format === 'json') io.stdout.write(rulesJson(all))
    else if (format === 'markdown') io.stdout.write(rulesMarkdown(all))
    else io.stdout.write(rulesTty(all, hasColour(io.env, io.stdout), widthOf(io.stdout)))
    return exit.clean
  },
}
