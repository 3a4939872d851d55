import { describe, expect, it } from 'vitest'
import { withSource } from '../src/files/tree.ts'
import type { Seen } from '../src/fix/objection.ts'
import { lookAt } from '../src/fix.ts'
import type { Diagnostic, Fix } from '../src/text/diagnostic.ts'
import { applyEdits } from '../src/text/edit.ts'
import { changedPaths, deploymentsOf, isAskedFor, meaningOf, type Variation, variationsOf } from './meaning.ts'
import { examples, type SmallProject, someCases } from './projects.ts'
import { treeFor } from './trees.ts'

/** The keys of the config that the findings of a rule are about; a fix of any other rule leaves the config as it is. */
const about: readonly (readonly [rules: RegExp, keys: RegExp])[] = [
  [/^log-level-|^queries-logged$/, /^logger\.|\.log$/],
  [/^host-|^url-|^origin-/, /\.url\b|\.check_origin$|\.host$/],
  [/^server-|^http-missing$|^bound-to-|^port-/, /\.server$|\.https?\b|\.url\.port$/],
  [/^secret-|^cookie-/, /./],
  [/^compile-time-|^runtime-config-|^no-such-function$|^config-refused$|^empty-is-set$|^build-config-/, /./],
  [/^required-env-missing$|^env-file-quoted$/, /./],
  [/^assets-|^release-not-shipped$/, /cache_static_manifest/],
  [/^service-unreachable$|^database-|^pooler-/, /Repo\./],
]

const keysOf = (rule: string): RegExp => about.find(([rules]) => rules.test(rule))?.[1] ?? /(?!)/

/** What a fix changes in what a project does, beyond what its finding is about. */
async function harmOf(before: Seen, { rule }: Diagnostic, fix: Fix): Promise<readonly string[]> {
  const { tree } = before
  const mended = [...applyEdits(fix.edits)].map(([path, text]) => ({ path, text })).reduce(withSource, tree)
  const after = await lookAt(mended, {})
  const others = deploymentsOf(after.reading)
  return [...deploymentsOf(before.reading)].flatMap(([name, deployment]) => {
    const other = others.get(name)
    if (!deployment.boot || !other?.boot) return []
    const base = meaningOf(deployment)
    const compare = (variation?: Variation): readonly string[] => {
      const [then, now] = [meaningOf(deployment, variation), meaningOf(other, variation)]
      if (!then || !now) return []
      const where = variation ? ` with ${variation.name}=${variation.value ?? '(unset)'}` : ''
      // A fix that asks for a variable stops where it is not given, or is none that the code takes.
      const demands = (name: string) => fix.edits.some(({ text }) => text.includes(name))
      if (then.crash !== undefined) return []
      if (now.crash !== undefined) {
        const asked = variation?.name ?? now.crash.match(/environment variable "(\w+)"/)?.[1]
        return asked !== undefined && demands(asked) ? [] : [`${name}${where}: ${now.crash}`]
      }
      if (then.config.size === 0 || now.config.size === 0) return []
      return changedPaths(then, now)
        .filter(
          (path) =>
            !keysOf(rule).test(path) ||
            (variation && isAskedFor(then, path, variation) && then.config.get(path) !== base?.config.get(path)),
        )
        .map((path) => `${name}${where}: ${path} was ${then.config.get(path)}, and is ${now.config.get(path)}`)
    }
    return [undefined, ...variationsOf([deployment.boot, other.boot])].flatMap(compare)
  })
}

const projects = [...examples, ...(process.env.CI === undefined ? [] : someCases.filter((_, n) => n % 2 === 0))]

describe.each(projects.map((project): [string, SmallProject] => [project.name, project]))('%s', (_name, project) => {
  it('does the same after each fix, in every environment, but for what the finding is about', async () => {
    const before = await lookAt(treeFor(project.texts), {})
    for (const diagnostic of before.analysis.diagnostics) {
      for (const fix of diagnostic.fixes) {
        const harm = await harmOf(before, diagnostic, fix)
        expect({ rule: diagnostic.rule, title: fix.title, harm }).toEqual({
          rule: diagnostic.rule,
          title: fix.title,
          harm: [],
        })
      }
    }
  })
})
