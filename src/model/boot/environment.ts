import { parseShell } from '../../languages/shell/parse.ts'
import type { Known } from '../../text/known.ts'
import { follow } from '../build/follow.ts'
import type { Frame, World } from '../build/frame.ts'
import { atRelease } from '../build/release-files.ts'
import { runScript } from '../build/run.ts'
import type { Lookup } from '../build/step.ts'
import type { Deployment } from '../deployment.ts'

/**
 * What runtime.exs sees: the environment of the step that starts the app, with what rel/env.sh.eex exports (mix help
 * release, "env.sh"), and what the release's own script sets.
 */
export function environmentAtBoot(deployment: Omit<Deployment, 'boot'>, world: World): (name: string) => Known<string> {
  const { server, release, environment } = deployment
  const outer: Lookup = server?.env ?? environment.get
  const origin = release && atRelease(release, 'rel/env.sh.eex').origin
  const source = origin?.kind === 'context' ? world.sourceAt(origin.path) : undefined
  if (release === undefined || source === undefined || server?.command.kind === 'mix') return outer
  const shell: Frame['shell'] = { cwd: '/', cwdKnown: false, variables: new Map(), args: [] }
  runScript(parseShell(source, 0, source.text), {
    world,
    context: { root: '', typeOf: () => undefined, filesUnder: () => [], foldersUnder: () => [] },
    stage: 0,
    draft: { base: undefined, writes: [] },
    shell,
    env: outer,
    via: [],
    runs: 'always',
    mayFail: false,
    depth: 0,
    emit: (made) => ({ ...made, id: 0 }),
    follow,
  })
  return (name) => shell.variables.get(name) ?? outer(name)
}
