import { entryAt } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { interpreterAmiss, isExecutableAs, isWrittenExecutable } from '../../model/facts/executable.ts'
import { hooksOf } from '../../model/facts/migrations.ts'
import { lockedProgramOf } from '../../model/facts/release-rights.ts'
import type { Project } from '../../model/project/project.ts'
import type { ScriptFile } from '../../model/stage-files/step.ts'
import type { Finding, Label } from '../../text/diagnostic.ts'
import { type Span, span } from '../../text/source.ts'
import { notRunnable } from '../in-image/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'overlay-not-runnable',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'a script that the container starts cannot be run',
  incident:
    'The container stops at its start: `permission denied`, `exec format error`, or `no such file or directory` for a file that is there.',
  remedy:
    'Give the script a line `#!/bin/sh`, line feeds of Unix and the bit to be executed; copy `rel` before `mix release`',
  why: `COPY and \`mix release\` keep the mode of a file: a script that is not executable in the project is not executable in the
image, unless \`COPY --chmod=755\` or \`chmod\` makes it so; both take the bit away from a whole release as well, and what \`COPY <<EOF\` or a redirection writes never is by itself.
Docker starts a program without a shell: a text without \`#!\` is none. And a script with the line ends of Windows asks for the program
\`/bin/sh\` with a carriage return behind its name, which does not exist. Git writes such line ends on Windows unless
\`.gitattributes\` says \`* text=auto eol=lf\`.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-overlays',
    'https://docs.docker.com/reference/dockerfile/#copy---chmod',
    'https://git-scm.com/docs/gitattributes#_eol',
  ],
  examples: [
    {
      title: 'not executable',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        COPY --chmod=755 docker/entrypoint /usr/local/bin/
        ENTRYPOINT ["/usr/local/bin/entrypoint"]
        CMD ["/app/bin/shop", "start"]
        -- docker/entrypoint --
        #!/bin/sh
        exec "$@"`,
      bad: `
        -- Dockerfile: COPY --chmod=755 docker/entrypoint /usr/local/bin/ … ENTRYPOINT ["/usr/local/bin/entrypoint"] --
        COPY docker/entrypoint /usr/local/bin/
        ENTRYPOINT ["/usr/local/bin/entrypoint"]
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'without its first line',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        COPY --chmod=755 docker/entrypoint /usr/local/bin/
        ENTRYPOINT ["/usr/local/bin/entrypoint"]
        CMD ["/app/bin/shop", "start"]
        -- docker/entrypoint --
        #!/bin/sh
        exec "$@"`,
      bad: `
        -- docker/entrypoint --
        exec "$@"
        ^^^^^^^^^`,
    },
    {
      title: 'line ends of Windows',
      on: 'release',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/server"]
        -- rel/overlays/bin/server --
        #!/bin/sh
        PHX_SERVER=true exec /app/bin/shop start`,
      bad: `
        -- rel/overlays/bin/server --
        #!/bin/sh\r
        ^^^^^^^^^
        PHX_SERVER=true exec /app/bin/shop start\r`,
    },
  ],
  checkImage: notRunnable,
  *check(project) {
    const told = new Set<string>()
    for (const deployment of project.deployments) {
      const reported = new Set<string>()
      const locked = notUnlocked(deployment)
      if (locked) yield locked
      for (const call of callsOf(deployment)) {
        const found = reported.has(call.name) ? undefined : against(call, deployment, project)
        if (found) reported.add(call.name)
        // What a shell is given to read needs no bit.
        if (!call.direct) told.add(call.name)
        if (found) yield found
      }
      for (const name of reported) told.add(name)
    }
    for (const deployment of project.deployments)
      for (const call of overlaysOf(deployment, project)) {
        const found = told.has(call.name) ? undefined : against(call, deployment, project)
        if (found) told.add(call.name)
        if (found) yield found
      }
  },
})

/** A script or a whole release that gets a mode by which its user cannot run it. */
function notUnlocked(deployment: Deployment): Finding | undefined {
  const found = lockedProgramOf(deployment)
  return (
    found && {
      message: `\`${found.user}\` may not execute \`${found.script ?? found.path}\`${found.script ? '' : ' of the release'}, by the mode that it gets here`,
      why: 'The container stops at its start: `permission denied`.',
      remedy: found.script
        ? 'Let everybody read and execute it: `--chmod=755`'
        : 'Leave the modes of the release as they are, and copy it with `--chown` for the user that runs it',
      span: found.mode,
    }
  )
}

/** A script that is run: by its own path where `direct`. */
interface OverlayCall extends Pick<ScriptFile, 'source' | 'direct' | 'name'> {
  /** The script as the container reads it; undefined for those of the release that nothing here calls. */
  readonly file?: ScriptFile
  /** Whether no shell is around it: Docker starts it. */
  readonly isFirst?: boolean
  readonly span: Span | undefined
  readonly via: readonly Label[]
  readonly certain: boolean
}

/** The scripts that a container runs at its start, for its health and in its hooks. */
function callsOf({ start, health, hooks }: Deployment): readonly OverlayCall[] {
  return [...start, ...hooks, ...health.flatMap((probe) => probe.steps)].flatMap((step) =>
    step.shells.flatMap(({ file, span: place }, index): readonly OverlayCall[] => {
      if (!file) return []
      const via = step.via.slice(0, step.shells.slice(0, index).filter((shell) => shell.file).length)
      const isInside = (at: Span) => at.source === file.source && !file.isWritten
      const isFirst =
        index === 0 && (step.starters ?? []).every(({ text, span: at }) => text === 'exec' || isInside(at))
      return [{ ...file, file, isFirst, span: place, via, certain: step.runs === 'always' }]
    }),
  )
}

/** The scripts of the release that people and platforms call. */
function overlaysOf({ release }: Deployment, project: Project): readonly OverlayCall[] {
  if (!release) return []
  return hooksOf(project, release)
    .filter(({ path }) => /\/bin\/[^/.]+(\.sh)?$|env\.sh\.eex$/.test(path))
    .map((source) => ({
      source,
      name: source.path,
      direct: !source.path.endsWith('.eex'),
      span: undefined,
      via: [],
      certain: false,
    }))
}

function against(call: OverlayCall, deployment: Deployment, project: Project): Finding | undefined {
  const { source, direct, via, certain } = call
  const unmarked = notMarked(call)
  if (unmarked || call.file?.isWritten) return unmarked ?? notMadeExecutable(call, deployment)
  const likely = certain ? {} : ({ severity: 'warning', certainty: 'likely' } as const)
  const carriage = source.text.indexOf('\r\n')
  if (carriage !== -1 && source.text.startsWith('#!') && !convertsLines(deployment)) {
    return {
      message: `\`${source.path}\` has the line ends of Windows, so ${direct ? 'the program after `#!` is not found' : 'the shell does not read it'}`,
      why: direct
        ? 'The container stops at its start: `no such file or directory`, for a file that is there.'
        : 'The container stops at its start: the shell takes the carriage return for a part of each command.',
      remedy: 'Save the script with the line ends of Unix',
      span: span(source, 0, carriage),
      related: call.span ? [...via, { span: call.span, text: 'it is run here' }] : [],
      ...likely,
    }
  }
  const unread = call.direct ? interpreterAmiss(source.text) : undefined
  if (unread !== undefined) {
    return {
      message: `\`${source.path}\` asks for \`${unread}\` to be read by, which no image has`,
      why: call.span
        ? 'The container stops at its start: `no such file or directory`, for a file that is there.'
        : 'Whoever calls it gets `no such file or directory`, for a file that is there.',
      remedy: 'Name the shell behind `#!` by its whole path: `#!/bin/sh`',
      span: span(source, 0, source.text.split('\n', 1)[0]?.length ?? 0),
      related: call.span ? [...via, { span: call.span, text: 'it is run here' }] : [],
      ...likely,
    }
  }
  const entry = entryAt(project.tree, source.path)
  const mode = entry && !lockedProgramOf(deployment) ? isExecutableAs(entry, deployment) : true
  if (!direct || mode === true) return undefined
  const from = call.span ? undefined : deployment.release?.step.span
  return {
    message: `\`${source.path}\` is ${call.span ? 'run' : 'a command of the release'}, and it is not executable`,
    why: call.span
      ? 'The container stops at its start: `permission denied`.'
      : 'Whoever calls it gets `permission denied`.',
    remedy: mode.takenBy
      ? 'Copy the script with `--chmod=755`'
      : 'Make the script executable, in git as well: `git update-index --chmod=+x`',
    span: call.span ?? span(source, 0, Math.max(1, source.text.split('\n', 1)[0]?.length ?? 0)),
    related: [
      ...via,
      ...(mode.takenBy ? [{ span: mode.takenBy.span, text: 'it gets this mode, by which nobody may execute it' }] : []),
      ...(from ? [{ span: from, text: 'it becomes part of the release as it is' }] : []),
    ],
    ...likely,
  }
}

/** Of a text without `#!` only a shell makes a script (execve(2), ENOEXEC). */
function notMarked({ file, isFirst, span: place, via }: OverlayCall): Finding | undefined {
  if (!file?.direct || !isFirst || file.isMarked) return undefined
  return {
    message: `\`${file.name}\` does not begin with \`#!\`, and Docker starts it without a shell`,
    why: 'The container stops at its start: `exec format error`.',
    remedy: 'Begin the script with `#!/bin/sh`, with nothing before it',
    span: file.head,
    related: place ? [...via, { span: place, text: 'it is run here' }] : via,
  }
}

/** What a redirection or `COPY <<EOF` writes is not executable, unless something makes it so. */
function notMadeExecutable(
  { file, span: place, via, certain }: OverlayCall,
  deployment: Deployment,
): Finding | undefined {
  if (!file?.direct || !place || isWrittenExecutable(file, deployment)) return undefined
  return {
    message: `\`${file.name}\` is run, and it is not executable`,
    why: 'The container stops at its start: `permission denied`.',
    remedy: 'Make it executable where it is written: `COPY --chmod=755 <<EOF`, or `chmod +x` in the same RUN',
    span: file.head,
    related: [...via, { span: place, text: 'it is run here' }],
    ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

/** Whether a command of the build changes line ends. */
const convertsLines = ({ build }: Deployment): boolean =>
  build?.steps.some(
    ({ command }) =>
      command.kind === 'program' &&
      (/^(dos2unix|tr)$/.test(command.name) || command.argv.some((word) => /\\r/.test(word ?? ''))),
  ) ?? false
