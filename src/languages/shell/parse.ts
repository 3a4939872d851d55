import { parse } from 'unbash'
import { during } from '../../text/clock.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { nesting } from '../../text/nesting.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, textOf } from '../../text/source.ts'
import { surveyOf } from './reads.ts'
import { joined, type Region, regionAt, regionIn } from './region.ts'
import { optionsOf, shebangOf } from './shebang.ts'
import { withoutTags } from './template.ts'
import type { Positional, ShellOptions, ShellScript } from './types.ts'
import { longestRun, type WalkedRun } from './walk/flow.ts'
import { runScript } from './walk/script.ts'

const longestText = 1_000_000
const mostProblems = 20
const deepest = 200

/** How a script is started. */
export interface ShellStart extends ShellOptions {
  /** What `$1`, `$2` … are. */
  readonly positional?: Positional | undefined
}

/**
 * Reads `text`, which stands at `start` of `source`, as POSIX shell or bash. Where it begins with `#!`, that line's
 * flags hold. Of a text longer than a million characters, only the beginning is read.
 */
export function parseShell(source: Source, start: number, text: string, options: ShellStart = {}): ShellScript {
  return readOnce(source, `${start}`, text, options, () => regionAt(source, start, text))
}

/** What was read of each source, by where it stands in it, its text, and how it is started. */
const readOf = oncePer((_: Source) => new Map<string, ShellScript>())

/** What `parseRegion` gives, done once: whoever follows the build, looks for secrets or for calls reads the same scripts. */
function readOnce(source: Source, place: string, text: string, options: ShellStart, region: () => Region): ShellScript {
  const read = () => during('parsing shell', () => parseRegion(region(), options))
  if (options.positional) return read()
  // What is not told is what a first line says, and else off.
  const untold = /^\ufeff?#!/.test(text) ? 'as it says' : false
  const key = [place, options.errexit ?? untold, options.pipefail ?? untold, options.bash ?? false, text].join(' ')
  const all = readOf(source)
  const script = all.get(key) ?? read()
  all.set(key, script)
  return script
}

/** Reads a whole script, such as a file or the body of a here-document, that stands in the source as it is. */
export const parseShellScript = (at: Span, options: ShellStart = {}): ShellScript =>
  parseShell(at.source, at.start, isTemplate(at.source) ? withoutTags(textOf(at)) : textOf(at), options)

const isTemplate = (source: Source) => source.path.endsWith('.eex')

/** Reads a text that is put together of parts, at least one, which stand in sources: what a command writes into a file. */
export const parseShellParts = (
  parts: readonly { readonly text: string; readonly at: Span }[],
  options: ShellStart = {},
): ShellScript =>
  during('parsing shell', () => parseRegion(parts.map(({ text, at }) => regionIn(text, at)).reduce(joined), options))

/** Reads the text that a string at `at` stands for: an argument of the exec form, of `sh -c`, or a YAML scalar. */
export function parseShellText(text: string, at: Span, options: ShellStart = {}): ShellScript {
  return readOnce(at.source, `${at.start}-${at.end}`, text, options, () => regionIn(text, at))
}

function parseRegion(whole: Region, options: ShellStart): ShellScript {
  const cut = whole.text.length > longestText ? whole.text.lastIndexOf('\n', longestText) + 1 || longestText : undefined
  const region = cut === undefined ? whole : { ...whole, text: whole.text.slice(0, cut) }
  const shebang = shebangOf(region)
  const flags = optionsOf(shebang?.words ?? [])
  const run: WalkedRun = {
    commands: [],
    functions: [],
    calling: new Set(),
    nextScope: 1,
    budget: longestRun,
    repeats: 1,
  }
  const tangled = nesting(region.text) > deepest
  const script = tangled ? undefined : shallow(() => parse(region.text.replace(/^\ufeff/, ' ')))
  const survey = script && shallow(() => surveyOf(script, region))
  const ran =
    script &&
    shallow(() => {
      runScript(script, region, run, {
        errexit: options.errexit ?? flags.errexit ?? false,
        pipefail: options.pipefail ?? flags.pipefail ?? false,
        bash: shebang ? shebang.interpreter.endsWith('bash') : (options.bash ?? false),
        positional: options.positional,
      })
      return true
    })
  const problems = (survey?.problems ?? []).slice(0, mostProblems)
  const limits: Problem[] = []
  if (!survey || !ran) limits.push({ span: region.at(0, 1), message: 'this is nested too deeply to be read' })
  if (cut !== undefined || run.budget <= 0) {
    const from = run.budget <= 0 ? (run.commands.at(-1)?.span ?? region.at(0, 1)) : whole.at(cut ?? 0, (cut ?? 0) + 1)
    limits.push({ span: from, message: 'the script is too long to be read from here on' })
  }
  return {
    shebang,
    commands: run.commands,
    functions: run.functions,
    reads: survey?.reads ?? [],
    problems: [...problems, ...limits],
    limits,
  }
}

/** What `work` gives; undefined where the text is nested so deep that the stack does not hold it. */
function shallow<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
