import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span } from '../../text/source.ts'

/** A Makefile as its statements in order (GNU make manual, "Writing Makefiles"); bodies of `define` are left out. */
export type Statement =
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly operator: '=' | ':=' | '?=' | '+=' | '!='
      readonly value: string
      readonly exported: boolean
    }
  /** `export NAME…`; all variables where there is no name. */
  | { readonly kind: 'export'; readonly names: string }
  | MakeRule
  | { readonly kind: 'include'; readonly files: string }
  /** `ifeq (a,b)` and the like, until its `endif`; `one` and `other` are the texts of what it asks. */
  | {
      readonly kind: 'conditional'
      readonly question: 'ifeq' | 'ifneq' | 'ifdef' | 'ifndef' | undefined
      readonly one: string
      readonly other: string
      readonly then: readonly Statement[]
      readonly otherwise: readonly Statement[]
    }

export interface MakeRule {
  readonly kind: 'rule'
  readonly targets: string
  /** Those after `|` too. */
  readonly prerequisites: string
  /** `TARGET: NAME = value`: a variable for this target. */
  readonly variable: Extract<Statement, { readonly kind: 'variable' }> | undefined
  /** The lines of the recipe without their tab, continued lines as one. */
  readonly recipe: readonly MakeLine[]
  readonly span: Span
}

/** A logical line and where it stands. */
export interface MakeLine {
  readonly text: string
  readonly span: Span
}

interface Block {
  readonly statements: Statement[]
  readonly close: (kind: 'else' | 'endif', rest: string) => void
}

/** Reads a Makefile; lines that are none of make's statements are passed over. */
export const parseMakefile = oncePer((source: Source): readonly Statement[] => {
  const top: Statement[] = []
  const blocks: Block[] = [{ statements: top, close: () => {} }]
  let recipe: MakeLine[] | undefined
  let defining = 0
  for (const line of linesOf(source)) {
    const inside = blocks.at(-1)
    if (inside === undefined) break
    if (line.text.startsWith('\t') && recipe && defining === 0) {
      recipe.push({ text: line.text.slice(1), span: span(source, line.span.start + 1, line.span.end) })
      continue
    }
    const text = withoutComment(line.text).trim()
    if (/^define\s/.test(text)) defining++
    else if (/^endef\b/.test(text)) defining = Math.max(0, defining - 1)
    if (text === '' || defining > 0 || /^endef\b/.test(text)) continue
    const word = /^(ifn?eq|ifn?def|else|endif)\b\s*(?!\s)(.*)$/.exec(text)
    if (word?.[1] === 'else' || word?.[1] === 'endif') inside.close(word[1], word[2] ?? '')
    else if (word) blocks.push(conditionalIn(inside.statements, word[1] ?? '', word[2] ?? '', blocks))
    else {
      const statement = statementOf(text, line)
      recipe = statement?.kind === 'rule' ? [...statement.recipe] : undefined
      if (statement) inside.statements.push(statement.kind === 'rule' && recipe ? { ...statement, recipe } : statement)
    }
  }
  return top
})

function conditionalIn(statements: Statement[], question: string, asked: string, blocks: Block[]): Block {
  const then: Statement[] = []
  const otherwise: Statement[] = []
  const [, one = '', other = ''] = /^\(([^,]*),(.*)\)$/.exec(asked) ??
    /^["']([^"']*)["']\s+["']([^"']*)["']$/.exec(asked) ?? ['', asked, '']
  const known = (['ifeq', 'ifneq', 'ifdef', 'ifndef'] as const).find((word) => word === question)
  statements.push({ kind: 'conditional', question: known, one: one.trim(), other: other.trim(), then, otherwise })
  return {
    statements: then,
    close(kind, rest) {
      blocks.pop()
      if (kind === 'endif') return
      const chained = /^(ifn?eq|ifn?def)\b\s*(?!\s)(.*)$/.exec(rest)
      const more = chained ? conditionalIn(otherwise, chained[1] ?? '', chained[2] ?? '', blocks) : undefined
      blocks.push(more ?? { statements: otherwise, close: () => void blocks.pop() })
    },
  }
}

function statementOf(text: string, line: MakeLine): Statement | undefined {
  const included = /^[-s]?include\s+(?!\s)(.+)$/.exec(text)
  if (included) return { kind: 'include', files: included[1] ?? '' }
  const variable = variableOf(text)
  if (variable) return variable
  const exported = /^export\b\s*(?!\s)([^=:]*)$/.exec(text)
  if (exported) return { kind: 'export', names: exported[1] ?? '' }
  const rule = /^((?:[^:=#$]|\$\([^)]*(?:\)|$)|\$(?!\())+?)\s*&?::?(?!=)\s*(?!\s)(.*)$/.exec(text)
  if (!rule) return undefined
  const [needs = '', ...inline] = (rule[2] ?? '').split(';')
  const first = inline.join(';').trim()
  const recipe = first === '' ? [] : [{ text: first, span: line.span }]
  const own = variableOf(needs)
  const prerequisites = own ? '' : needs.replaceAll('|', ' ').trim()
  return { kind: 'rule', targets: rule[1] ?? '', prerequisites, variable: own, recipe, span: line.span }
}

const operators = { '=': '=', ':=': ':=', '::=': ':=', ':::=': ':=', '?=': '?=', '+=': '+=', '!=': '!=' } as const

function variableOf(text: string): Extract<Statement, { readonly kind: 'variable' }> | undefined {
  const found = /^((?:(?:export|override|private|unexport)\s+)*)([^\s:#=?+!]+)\s*(:{0,3}=|[?+!]=)\s*(?!\s)(.*)$/.exec(
    text,
  )
  const operator = Object.entries(operators).find(([sign]) => sign === found?.[3])?.[1]
  if (!found || operator === undefined) return undefined
  return {
    kind: 'variable',
    name: found[2] ?? '',
    operator,
    value: (found[4] ?? '').replace(/\\\r?\n\s*/g, ' '),
    exported: /\bexport\b/.test(found[1] ?? ''),
  }
}

/** A `#` that no backslash stands before begins a comment. */
const withoutComment = (text: string) => text.replace(/(^|[^\\])#.*$/s, '$1')

/** Lines, a backslash at the end of one joining it with the next. */
function* linesOf(source: Source): Generator<MakeLine> {
  for (let start = 0; start < source.text.length; ) {
    let end = start
    for (;;) {
      const stop = source.text.indexOf('\n', end)
      end = stop === -1 ? source.text.length : stop
      const before = source.text.slice(start, end).replace(/\r$/, '')
      if (stop === -1 || !/(^|[^\\])(\\\\)*\\$/.test(before.slice(-64))) break
      end++
    }
    const text = source.text.slice(start, end).replace(/\r$/, '')
    yield { text, span: span(source, start, start + text.length) }
    start = end + 1
  }
}
