import type { BootPages } from '../../masking/boots.ts'
import type { Shown } from '../../masking/shown.ts'
import type { ContractVariable } from '../../model/outcome/contract.ts'
import { dot } from '../../text/mask.ts'
import type { BootOptions } from './boot.ts'
import { placeName } from './boot.ts'

/** The first line of a file of ours. */
export const exampleHeading = '# Every variable that the app reads (docker-gotchas boot --write-env-example)'

/** An env file with every variable, whether it is required, and where it is read. No value of it is a secret. */
export function bootEnvExample({ pages }: Shown<BootPages>, options: BootOptions): string {
  const all = new Map<string, ContractVariable>()
  for (const page of pages) {
    for (const variable of page.variables) {
      const known = all.get(variable.name)
      if (known === undefined || (!known.required && variable.required)) all.set(variable.name, variable)
    }
  }
  const variables = [...all.values()]
  const start = variables.filter(({ during }) => during === 'start')
  const required = start.filter((one) => one.required)
  const optional = start.filter((one) => !one.required)
  const build = variables.filter(({ during }) => during === 'build')
  const parts = [
    section('Required: the app does not start without these', required, options, false),
    section('Optional', optional, options, true),
    section('Read when the release is built: setting them on the server changes nothing', build, options, true),
  ]
  return `${[exampleHeading, ...parts.flat()].join('\n')}\n`
}

function section(
  title: string,
  variables: readonly ContractVariable[],
  options: BootOptions,
  commented: boolean,
): readonly string[] {
  if (variables.length === 0) return []
  return [
    '',
    `# ${title}`,
    ...variables.flatMap((variable) => {
      const { name, reads, default: fallback } = variable
      const places = reads.map(({ span }) => placeName(span, options)).join(', ')
      const value = fallback === undefined || fallback.includes(dot) ? '' : quoted(fallback)
      return ['', `# ${places}`, `${commented ? '# ' : ''}${name}=${value}`]
    }),
  ]
}

const quoted = (value: string): string =>
  /^[\w.,:/@%+=-]*$/.test(value) ? value : `'${value.replace(/[\r\n']/g, ' ')}'`
