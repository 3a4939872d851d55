import { posix } from 'node:path'
import type { Known } from '../../text/known.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Step } from '../stage-files/step.ts'
import { type Frame, write } from './frame.ts'

const bundlers = /^(esbuild|tailwind|sass|dart_sass|bun|volta|phoenix_bun|assets\.build|assets\.compile)$/

/** Notes what a Mix task leaves in the files of its stage. */
export function writeEffects(step: Step, app: MixApp | undefined, frame: Frame): void {
  if (step.command.kind !== 'mix') return
  const { task, args } = step.command
  const at = (path: string) => posix.resolve(step.cwd, path)
  const folders = app?.umbrella ? app.children.map((child) => posix.relative(app.folder, child.folder)) : ['.']
  switch (task) {
    case 'phx.digest':
    case 'phoenix.digest': {
      const output =
        optionOf(args, '-o', '--output') ?? positionals(args, ['-o', '--output', '--vsn'])[0] ?? 'priv/static'
      for (const folder of folders) write(frame, at(posix.join(folder, output)), { kind: 'digest', step })
      return
    }
    case 'phx.digest.clean':
      if (args.includes('--all')) {
        frame.draft.writes.push({ kind: 'removed', target: at('priv/static/cache_manifest.json'), cause: step })
      }
      return
    case 'assets.deploy':
      // Not an alias that is in view: Phoenix generates one that bundles and digests.
      if (app === undefined) write(frame, at('priv/static'), { kind: 'digest', step })
      return
    case 'compile':
      write(frame, at(posix.join(buildFolder(step, app, environmentOf(step.command.mixEnv)), 'lib')), {
        kind: 'compiled',
        step,
      })
      return
    case 'deps.get':
      write(frame, at('deps'), { kind: 'packages', step })
      return
    case 'phx.gen.release':
      write(frame, at('rel/overlays/bin'), { kind: 'other', step })
      return
    case 'release':
    case 'distillery.release':
      writeRelease(step, app, frame)
      return
    default:
      if (bundlers.test(task)) write(frame, at('priv/static/assets'), { kind: 'bundle', step })
  }
}

const releaseValues = ['--path', '--version', '--profile', '--env', '--name']

function writeRelease(step: Step, app: MixApp | undefined, frame: Frame): void {
  if (step.command.kind !== 'mix') return
  const { args } = step.command
  const mixEnv = optionOf(args, '--env') ?? environmentOf(step.command.mixEnv)
  const name = optionOf(args, '--name') ?? positionals(args, releaseValues)[0] ?? app?.defaultRelease ?? app?.name
  const defined = app?.releases.find((one) => one.name === name)?.path
  const path = optionOf(args, '--path') ?? defined ?? posix.join(buildFolder(step, app, mixEnv), 'rel', name ?? '')
  const artifact = {
    kind: 'release',
    step,
    name: name ?? '',
    mixEnv,
    project: step.cwd,
    app,
    files: frame.draft,
    before: frame.draft.writes.length,
  } as const
  const target = posix.resolve(step.cwd, path)
  write(frame, target, artifact)
  if (!app?.releases.some((one) => one.name === name && one.isPacked)) return
  // Mix.Release, "Steps": the archive lies beside `rel`, and holds what lies in the folder of the release.
  const folder = optionOf(args, '--path') ?? defined ?? buildFolder(step, app, mixEnv)
  const file = posix.resolve(step.cwd, folder, `${name}-${optionOf(args, '--version') ?? app.version}.tar.gz`)
  const packed = { files: frame.draft, before: frame.draft.writes.length, members: [{ path: target, name: '' }] }
  write(frame, file, { kind: 'other', step, isFile: true, packed })
}

/** Releases whose environment is not known are made for production. */
const environmentOf = (mixEnv: Known<string>): string => (mixEnv.kind === 'known' ? mixEnv.value : 'prod')

/** Where Mix builds (Mix.Project.build_path): MIX_BUILD_PATH, else the environment in MIX_BUILD_ROOT or `build_path:`. */
function buildFolder(step: Step, app: MixApp | undefined, mixEnv: string): string {
  const whole = step.env('MIX_BUILD_PATH')
  if (whole.kind === 'known' && whole.value !== '') return whole.value
  const root = step.env('MIX_BUILD_ROOT')
  return posix.join((root.kind === 'known' && root.value) || (app?.buildPath ?? '_build'), mixEnv)
}

/** The value of the option that is given as `--name value` or `--name=value`. */
export function optionOf(args: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (names.includes(arg)) return args[index + 1]
    const name = names.find((one) => arg.startsWith(`${one}=`))
    if (name !== undefined) return arg.slice(name.length + 1)
  }
  return undefined
}

/** The arguments that are neither options nor the values of the options `withValue`. */
export function positionals(args: readonly string[], withValue: readonly string[]): readonly string[] {
  return args.filter((arg, index) => !arg.startsWith('-') && !withValue.includes(args[index - 1] ?? ''))
}
