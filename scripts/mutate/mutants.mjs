// What may be written wrong in a source: one change each, of what decides whether there is a finding, how sure it is and
// where it points.
import ts from 'typescript'

const others = { likely: 'certain', certain: 'likely', warning: 'error', error: 'warning', info: 'warning' }

/** The mutants of a source: the range that each replaces, what stands there and what is put there. */
export function mutantsOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found = []
  const add = (what, node, replacement) =>
    found.push({ path, what, start: node.getStart(file), end: node.end, line: lineOf(file, node), replacement })
  const visit = (node, isInside) => {
    if (isInside) mutate(node, file, add)
    ts.forEachChild(node, (child) => visit(child, isInside || ts.isFunctionLike(node)))
  }
  visit(file, false)
  return found
}

const lineOf = (file, node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1

function mutate(node, file, add) {
  const text = (part) => part.getText(file)
  if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
    const condition = ts.isIfStatement(node) ? node.expression : node.condition
    add('negated', condition, `!(${text(condition)})`)
    if (ts.isIfStatement(node) && !node.elseStatement && leaves(node.thenStatement) && !isOfBound(condition))
      add('never left', condition, 'false')
  }
  if (ts.isBinaryExpression(node)) {
    const other = { '&&': '||', '||': '&&' }[node.operatorToken.getText(file)]
    if (other && !isOfBound(node.left) && !isOfBound(node.right))
      add(`${node.operatorToken.getText(file)} → ${other}`, node, `(${text(node.left)}) ${other} (${text(node.right)})`)
  }
  if (ts.isStringLiteral(node) && node.text in others && isSaid(node)) {
    add(`'${node.text}' → '${others[node.text]}'`, node, `'${others[node.text]}'`)
  }
  const name = (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && text(node.name)
  const value = ts.isPropertyAssignment(node) ? node.initializer : node.name
  if (name === 'span') add('another place', value, `((at) => at && { ...at, end: at.start })(${text(value)})`)
  if (name === 'related') add('no trail', value, '[]')
}

/** Whether a question is about a bound of ours: what it keeps off is too much for any test but those of `test/bombs`. */
const isOfBound = (node) =>
  ts.isBinaryExpression(node) && /^[<>]=?$/.test(node.operatorToken.getText()) && bound.test(node.right.getText())

const bound = /^(most|deepest|longest|largest)[A-Z]\w*$/

/** Whether a statement does nothing but leave. */
const leaves = (statement) =>
  ts.isReturnStatement(statement) ||
  ts.isContinueStatement(statement) ||
  (ts.isBlock(statement) && statement.statements.length === 1 && leaves(statement.statements[0]))

/** Whether a word is given and not asked for; `error` is a word of other things too. */
function isSaid(node) {
  for (let at = node.parent, below = node; at; below = at, at = at.parent) {
    if (ts.isPropertyAssignment(at)) return /^(severity|certainty)$/.test(at.name.getText())
    if (ts.isConditionalExpression(at) && at.condition !== below) continue
    if (ts.isParenthesizedExpression(at) || ts.isAsExpression(at)) continue
    return ts.isReturnStatement(at) || ts.isArrowFunction(at) ? node.text !== 'error' : false
  }
  return false
}

/** `text` with all these mutants in it, as `switch.mjs` wants them. None may overlap. */
export function withMutants(text, mutants) {
  let result = text
  for (const one of mutants.toSorted((a, b) => b.start - a.start)) {
    const original = text.slice(one.start, one.end)
    result = put(result, one, `globalThis.mutant(${one.number}, () => (${original}), () => (${one.replacement}))`)
  }
  return result
}

/** `text` as the mutant has it. */
export const mutated = (text, mutant) => put(text, mutant, `(${mutant.replacement})`)

function put(text, { start, end }, code) {
  const [before, original, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)]
  const isShorthand = /^[\w$]+$/.test(original) && /[{,]\s*$/.test(before) && /^\s*[,}]/.test(after)
  return `${before}${isShorthand ? `${original}: ` : ''}${code}${after}`
}
