import type { Command } from './call/command.ts'
import { composeFlags } from './call/compose-flags.ts'
import type { Call, Flag } from './call/flags.ts'
import { settingsFlags } from './call/settings-flags.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, hasColour, type Io, remark, widthOf } from './io/io.ts'
import { refused } from './io/refused.ts'

const formats = ['tty', 'mermaid', 'dot', 'json', 'svg', 'html'] as const
type Format = (typeof formats)[number]

const flags: readonly Flag[] = [
  { name: 'format', value: 'FORMAT', choices: formats, fallback: 'tty', summary: 'how to draw' },
  { name: 'output', short: 'o', value: 'FILE', summary: 'write to FILE instead of the standard output' },
  ...composeFlags,
  { name: 'stdin-filename', value: 'PATH', fallback: 'Dockerfile', summary: 'what `-`, the standard input, is' },
  ...settingsFlags,
]

/** Draws the whole chain: stages, steps, what is copied where, the services, and the findings at their place. */
export const graph: Command = {
  name: 'graph',
  summary: 'draw the whole chain from the build context to the containers',
  operands: '[PATH]',
  description: [
    'PATH is a folder (default: .), a Dockerfile, a compose file or - for the standard input. Every build that is',
    'for production is drawn, with the findings of `lint` at their steps and with the compose services.',
    'The ways of the assets, the secrets and the release through the build are marked.',
    '`html` is one page that needs no network; `mermaid` and `dot` are sources for other programs.',
    'JSON: version, stages (name, index, base, ships), steps (id, stage, line, command, kind, effects, ways, findings),',
    'edges (from, to: ids of steps; kind: next, base, copy, mount), context (files, ignored), builds, containers',
    '(variables, start, health) and findings. Numbers in `findings` of steps are indices of the list `findings`.',
    'Exit codes: 0 drawn, whatever was found · 2 the call is wrong · 3 docker-gotchas failed',
  ],
  flags,
  examples: [
    { call: 'docker-gotchas graph', does: 'draw the project in this folder as a tree' },
    { call: 'docker-gotchas graph --format html -o graph.html', does: 'write a page to look at in a browser' },
    { call: 'docker-gotchas graph --format mermaid', does: 'print a diagram for a Markdown file' },
    { call: 'docker-gotchas graph --format svg -o graph.svg deploy/Dockerfile', does: 'draw one Dockerfile' },
  ],
  run: runGraph,
}

async function runGraph(call: Call, io: Io): Promise<ExitCode> {
  const [path, extra] = call.operands
  if (extra !== undefined) return callIsWrong(io, `\`${extra}\` is one too many`, 'graph')
  const [{ openOptionsOf }, { readGraph }, { writeReport }] = await Promise.all([
    import('./call/options.ts'),
    import('../workspace/graph.ts'),
    import('./io/write-out.ts'),
  ])
  const options = openOptionsOf(call, io)
  const read = options.kind === 'wrong' ? options : await readGraph(path ?? '.', io, options.value)
  if (read.kind === 'wrong') return refused(read, io, 'graph')
  const { graph: drawn, title, failed } = read.value
  const file = call.one('output')
  const format = formats.find((known) => known === call.one('format')) ?? 'tty'
  const colour = file === undefined && hasColour(io.env, io.stdout)
  const draw = await drawerOf(format)
  const text = await draw(drawn, { colour, width: widthOf(io.stdout), title })
  const problem = await writeReport(text, file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'graph')
  for (const line of failed) remark(io, line)
  return failed.length > 0 ? exit.failure : exit.clean
}

async function drawerOf(format: Format) {
  switch (format) {
    case 'tty':
      return (await import('../report/graph/tty.ts')).graphTty
    case 'mermaid':
      return (await import('../report/picture/mermaid.ts')).graphMermaid
    case 'dot':
      return (await import('../report/picture/dot.ts')).graphDot
    case 'json':
      return (await import('../report/graph/json.ts')).graphJson
    case 'svg':
      return (await import('../report/picture/svg.ts')).graphSvg
    case 'html':
      return (await import('../report/picture/html.ts')).graphHtml
  }
}
