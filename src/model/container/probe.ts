import type { PlatformCheck } from '../../languages/platforms/types.ts'
import { type Known, known, unknown } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { Step } from '../stage-files/step.ts'
import type { Probe, ProbeRequest } from './container.ts'
import { type Execution, stepsIn } from './start.ts'

/** The probe that `steps` make up: the HTTP requests of curl, wget and the like. */
export const probeOf = (span: Span, steps: readonly Step[]): Probe => ({
  span,
  isLiveness: false,
  steps,
  via: steps[0]?.via ?? [],
  requests: steps.flatMap(requestsOf),
})

/** The probe of a platform that asks the app itself for a path, as `curl` would. It runs no program of the image. */
export function probeOfPlatform(execution: Execution, check: PlatformCheck): Probe {
  const { path, port, span, isLiveness, isTls, headers, note } = check
  const steps = stepsIn(execution, ({ emit, stage, shell, env }) => {
    const options = headers.flatMap((header) => ['-H', header])
    const argv = ['platform', ...options, isTls ? `https://localhost${path}` : path]
    const command = { kind: 'program', name: 'platform', argv } as const
    emit({
      stage,
      span,
      via: [],
      runs: 'always',
      guards: [],
      mayFail: false,
      shells: [],
      command,
      cwd: shell.cwd.path,
      env,
    })
  })
  const requests = steps.map((step) => ({ host: 'localhost', port, path: path.replace(/[?#].*/s, ''), span, step }))
  return { span, steps, via: note === undefined ? [] : [{ span, text: note }], requests, isLiveness }
}

const clients = /^(curl|wget|http|httpie|xh|nc|ncat)$/

function requestsOf(step: Step): readonly ProbeRequest[] {
  if (step.command.kind !== 'program' || !clients.test(step.command.name)) return []
  return step.command.argv.slice(1).flatMap((arg): readonly ProbeRequest[] => {
    const url =
      arg === undefined || arg.startsWith('-')
        ? null
        : /^(?:(https?):\/\/)?(localhost|[\d.]+|\[[^\]]*\]|[\w.-]+)(?::([^/?#]*))?([/?#].*)?$/.exec(arg)
    if (!url || (url[1] === undefined && url[3] === undefined && url[4] === undefined && url[2] !== 'localhost'))
      return []
    return [{ host: url[2] ?? '', port: portOf(url[3], url[1]), path: pathOf(url[4]), span: step.span, step }]
  })
}

function portOf(written: string | undefined, scheme: string | undefined): Known<string> {
  if (written === undefined) return known(scheme === 'https' ? '443' : '80')
  return /^\d+$/.test(written) ? known(written) : unknown('the port of the probe is not known')
}

const pathOf = (written: string | undefined) => (written === undefined || !written.startsWith('/') ? '/' : written)
