import type { FunctionDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { oncePerPair } from '../../../text/once.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { reachOf } from '../../phoenix/reach.ts'
import type { Project } from '../../project/project.ts'
import { runsCode } from '../../stage-files/step.ts'
import { releaseCallsOf } from '../release-calls.ts'

/** The functions that the start of a deployment and the commands of its release come to. */
export const reachedFrom = oncePerPair((project: Project, deployment: Deployment): ReadonlySet<FunctionDefinition> => {
  const { code, app } = deployment
  const evaluated = releaseCallsOf(project, deployment)
    .filter(({ verb, certain }) => certain && verb.kind === 'known' && runsCode(verb.value))
    .flatMap(({ args }) => [...args.join(' ').matchAll(/([A-Z]\w*(?:\.[A-Z]\w*)*)\.([a-z_]\w*[?!]?)/g)])
    .map(([, module = '', name = '']) => ({ module, name }))
  const start = app?.applicationModule ? [{ module: app.applicationModule, name: 'start' }] : []
  return new Set(
    [...start, ...evaluated].flatMap(({ module: called, name }) => {
      const module = code.module(called)
      return module ? reachOf(code, { module, name }).functions.map((one) => one.definition) : []
    }),
  )
})
