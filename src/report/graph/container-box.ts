import { counted } from '../terminal/place.ts'
import { type Box, type BoxLine, boxOf, findingLines, label } from './box.ts'
import type { Graph, GraphCommand, GraphContainer, GraphVariable } from './graph.ts'
import { containerTitle } from './names.ts'
import { tellingCommands } from './rows.ts'
import { valueText } from './tty.ts'

const mostVariables = 24
const mostCommands = 16

/** A container as a box: the variables that reach it, what it starts, and what asks whether it is well. */
export function containerBox(container: GraphContainer, index: number, graph: Graph): Box {
  const { name, image, variables, start, health, ports } = container
  const variable = (one: GraphVariable): BoxLine => ({
    ...label(`${one.name} ${valueText(one)}`),
    kind: 'row',
    ways: one.secret ? ['secrets'] : [],
  })
  const command =
    (word: string) =>
    (one: GraphCommand): BoxLine => ({ ...label(`${word} ${one.command}`), kind: 'row' })
  const lines = [
    ...findingLines(container.findings, graph),
    ...listed(variables, variable, { most: mostVariables, what: 'more variable' }, graph),
    ...(ports.length > 0 ? [label(`ports ${ports.join(', ')}`)] : []),
    ...listed(tellingCommands(start), command('start'), { most: mostCommands, what: 'more command' }, graph),
    ...listed(health, command('health'), { most: mostCommands, what: 'more command' }, graph),
  ]
  const subtitle = image === null ? (name === null ? 'started from the image' : 'a service') : `a service from ${image}`
  return boxOf(
    { id: `container-${index}`, title: containerTitle(container, graph), subtitle, kind: 'container' },
    lines,
    0,
  )
}

/** The parts with their findings; of many parts it is said how many more there are, and their findings stay. */
function listed<Part extends { readonly findings: readonly number[] }>(
  parts: readonly Part[],
  line: (part: Part) => BoxLine,
  { most, what }: { readonly most: number; readonly what: string },
  graph: Graph,
): readonly BoxLine[] {
  const rest = parts.slice(most)
  return [
    ...parts.slice(0, most).flatMap((part) => [line(part), ...findingLines(part.findings, graph)]),
    ...(rest.length > 0 ? [label(`… ${counted(rest.length, what)}`)] : []),
    ...findingLines(
      rest.flatMap(({ findings }) => findings),
      graph,
    ),
  ]
}
