import ts from 'typescript'

const { factory } = ts
const one = () => factory.createPostfixIncrement(factory.createIdentifier('$blocks'))

/** Whether `node` is the body of a loop or of an arrow function, or what is done under a condition. */
function isBranch(node: ts.Node, parent: ts.Node): boolean {
  if (ts.isIfStatement(parent)) return node === parent.thenStatement || node === parent.elseStatement
  if (ts.isConditionalExpression(parent)) return node === parent.whenTrue || node === parent.whenFalse
  if (ts.isIterationStatement(parent, false)) return node === parent.statement
  return ts.isArrowFunction(parent) && node === parent.body
}

const counting: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const visit = (node: ts.Node, parent: ts.Node): ts.Node => {
    const done = ts.visitEachChild(node, (child) => visit(child, node), context)
    const first = factory.createExpressionStatement(one())
    if (ts.isBlock(done)) return factory.updateBlock(done, [first, ...done.statements])
    if (ts.isCaseClause(done)) return factory.updateCaseClause(done, done.expression, [first, ...done.statements])
    if (ts.isDefaultClause(done)) return factory.updateDefaultClause(done, [first, ...done.statements])
    if (!isBranch(node, parent)) return done
    if (ts.isExpression(done)) return factory.createParenthesizedExpression(factory.createComma(one(), done))
    return ts.isStatement(done) ? factory.createBlock([first, done]) : done
  }
  return (file) => ts.visitEachChild(file, (node) => visit(node, file), context)
}

/** A module, as it is but that it counts in the global `$blocks` how many blocks of it are executed. */
export function counted(path: string, text: string): string {
  const { transformed } = ts.transform(ts.createSourceFile(path, text, ts.ScriptTarget.Latest), [counting])
  return `globalThis.$blocks ??= 0\n${transformed.map((file) => ts.createPrinter({ removeComments: true }).printFile(file)).join('')}`
}
