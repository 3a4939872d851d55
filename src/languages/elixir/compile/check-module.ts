import { aliasesOf, aliasName } from '../syntax/aliases.ts'
import type { CallNode } from '../syntax/ast.ts'
import { readFunctions } from '../syntax/modules.ts'
import { bodyOf, keywordGet, sections } from '../syntax/query.ts'
import { bindPattern, check, checkRescue } from './check.ts'
import { inside, isLoadable, type KnownNames, noModule } from './check-names.ts'

/** `alias`, `import`, `require`, `use`: what they name must be there when the script is compiled. */
export function checkDirective(node: CallNode, names: KnownNames): void {
  const [named] = node.args
  if (node.name === 'alias' || node.name === 'require')
    names.aliases = new Map([...names.aliases, ...aliasesOf(node, names.aliases, names.module)])
  const module = aliasName(named, names.aliases, names.module)
  if (module === undefined || node.name === 'alias') return
  if (!isLoadable(module, names)) {
    if (
      names.machine.input.otherModules === 'absent' ||
      names.machine.input.isNowhere?.(module) ||
      names.defined.has(module) ||
      module.startsWith('Mix.') ||
      module === 'Mix'
    ) {
      noModule(module, node.span)
    }
    if (node.name !== 'require') names.open = true
    return
  }
  if (node.name === 'import' || node.name === 'use') names.imports = [module, ...names.imports]
  if (keywordGet(node.args[1], 'as')) check(node.args[1] ?? node, names)
}

/** The functions of a module that the script defines. */
export function checkModule(node: CallNode, outer: KnownNames): void {
  const name = aliasName(node.args[0], outer.aliases, outer.module)
  const body = bodyOf(sections(node).find((section) => section.label === 'do')?.body)
  const definitions = readFunctions(body)
  const functions = new Set(
    definitions.flatMap((one) =>
      Array.from({ length: one.defaults + 1 }, (_, less) => `${one.name}/${one.arity - less}`),
    ),
  )
  const names: KnownNames = {
    ...outer,
    variables: new Set(),
    functions,
    module: name ?? 'unknown',
    open:
      outer.open ||
      body.some((child) => child.kind === 'call' && /^(?:use|defmacrop?|defdelegate|defguardp?)$/.test(child.name)),
  }
  for (const child of body) check(child, names)
  for (const definition of definitions) {
    for (const clause of definition.clauses) {
      const own = inside(names)
      for (const pattern of clause.patterns) bindPattern(pattern, own)
      if (clause.guard) check(clause.guard, own)
      for (const section of clause.sections) {
        if (section.label === 'rescue' && section.body.kind === 'clauses')
          for (const one of section.body.clauses) checkRescue(one, own)
        else check(section.body, inside(own))
      }
    }
  }
}
