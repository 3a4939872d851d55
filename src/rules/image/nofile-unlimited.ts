import { posix } from 'node:path'
import { besideCode } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { flagVariables } from '../../model/facts/runner.ts'
import type { Project } from '../../model/project/project.ts'
import type { Lookup, Step } from '../../model/stage-files/step.ts'
import type { Span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'nofile-unlimited',
  gotcha: 'image',
  severity: 'info',
  summary: 'the container may open any number of files, and Erlang reserves memory for all of them',
  incident:
    'A fresh container takes more than a gigabyte, or is killed at its start: `Cannot allocate … (of type "port_tab")`.',
  remedy: 'Set `ulimits: nofile` of the service to a number such as 65536',
  why: `Erlang makes a table at its start with a place for each file and socket that it may open, and takes the soft limit
of open files for its size (at most 134,217,727 places, 12 bytes each). A limit such as 65536 costs nothing. \`+Q\` in
\`rel/vm.args.eex\` or \`ERL_FLAGS\` sets the size whatever the limit is.`,
  links: [
    'https://www.erlang.org/doc/apps/erts/erl_cmd.html#emulator-flags',
    'https://docs.docker.com/reference/compose-file/services/#ulimits',
  ],
  examples: [
    {
      title: 'no limit at all',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            ulimits:
              nofile: 65536`,
      bad: `
        -- compose.yaml: nofile: 65536 --
        nofile: -1
                ^^`,
    },
    {
      title: 'a limit of a thousand million',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            ulimits:
              nofile:
                soft: 65536
                hard: 1073741816`,
      bad: `
        -- compose.yaml: soft: 65536 --
        soft: 1073741816
              ^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const limit = limitOf(deployment)
      if (!limit || limit.value < most || setsPorts(deployment, project)) continue
      const gigabytes = (placesFor(limit.value) * bytesOfPlace) / 1e9
      const files = Number.isFinite(limit.value) ? `${limit.value} files` : 'any number of files'
      yield {
        message: `the container may open ${files}, for which Erlang reserves ${gigabytes.toFixed(1)} GB at its start`,
        span: limit.span,
        related: limit.via,
      }
    }
  },
})

/** From here on the table takes more than 200 MB. */
const most = 16_000_000
const bytesOfPlace = 12

/** The size of the table: the next power of two, up to the largest that Erlang makes. */
const placesFor = (files: number) => 2 ** Math.ceil(Math.log2(Math.min(files, 134_217_727)))

interface Limit {
  /** Infinite where there is none. */
  readonly value: number
  readonly span: Span
  readonly via: Step['via']
}

/** The limit that the app starts with: the last `ulimit -n` of its start, else that of the service. */
function limitOf({ service, start }: Deployment): Limit | undefined {
  const call = start.findLast(({ command }) => command.kind === 'program' && command.name === 'ulimit')
  if (call?.command.kind === 'program') {
    const argv = call.command.argv.filter((word) => !/^-[SH]$/.test(word ?? ''))
    const files = argv[1] === undefined || /^-[SH]*n$/.test(argv[1]) ? argv[2] : undefined
    const value = files === 'unlimited' ? Number.POSITIVE_INFINITY : Number(files)
    return Number.isNaN(value) || call.runs === 'maybe' ? undefined : { value, span: call.span, via: call.via }
  }
  const { value = 0, span } = service?.nofile ?? {}
  return span && { value: value === -1 ? Number.POSITIVE_INFINITY : value, span, via: [] }
}

/** Whether something sets the size of the table, or may. */
function setsPorts({ server, environment, release }: Deployment, { tree }: Project): boolean {
  const lookup: Lookup = server?.env ?? environment.get
  const told = flagVariables.map(lookup).some((value) => value.kind === 'known' && /(^|\s)\+Q/.test(value.value))
  const folder = posix.join(release?.app?.folder ?? '', 'rel/')
  const args = besideCode(tree).some(
    ({ path, text }) => path.startsWith(`${folder}vm.args`) && /^[^\S\n\r\u2028\u2029]*\+Q/m.test(text),
  )
  return told || args || lookup('ERL_MAX_PORTS').kind === 'known'
}
