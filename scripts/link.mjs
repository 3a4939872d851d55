// Makes a function of each module, which runs it when something of it is first used, not when the program is loaded: a lone
// Dockerfile uses a third of them. So modules may do nothing but define things.
import { readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { build, transform } from 'esbuild'
import { parseAst } from 'rollup/parseAst'

const isOwn = (from) => isAbsolute(from) && !from.endsWith('.json')
const isOfNode = (name) => builtinModules.includes(name.replace(/^node:/, ''))
const run = (number) => `(m${number}||M${number}())`

/**
 * All modules that `entry` needs, itself the first: the `text` of a function `M0`, which runs the module, keeps what it
 * exports as `m0` and gives it, and the numbers of those that it `uses`. Beside it what `entry` exports, and the `inputs`
 * that all is made of. `options` are those of esbuild for each module; `beside` has packages that are files of their own.
 */
export async function link(entry, options, beside) {
  const modules = new Map()
  const packages = new Map()
  const found = [resolve(entry)]
  for (const path of found) {
    if (modules.has(path)) continue
    const module = await read(path, options)
    modules.set(path, module)
    found.push(...module.froms.filter(isOwn))
    for (const { from, name } of module.uses)
      if (!isOwn(from)) packages.set(from, (packages.get(from) ?? new Set()).add(name ?? '*'))
  }
  const numbers = new Map([...modules.keys(), ...packages.keys()].map((from, number) => [from, number]))
  /** Where an export of a module is defined, which may have passed on what another one defines. */
  const origin = ({ from, name }) => {
    const passed = modules.get(from)?.exported.get(name)?.passed
    return passed ? origin(passed) : { number: numbers.get(from), name }
  }
  const linked = [...modules].map(([path, module]) => asFunction(module, numbers.get(path), origin))
  const inputs = [...modules.keys()].map((path) => relative('.', path))
  for (const [name, used] of packages) {
    const { text, value, parts } = await packaged(name, [...used], options, beside[name])
    inputs.push(...parts)
    const number = numbers.get(name)
    linked.push({
      text: `function M${number}(){${text}return m${number}=${value}}`,
      uses: [],
      isOfNode: isOfNode(name),
    })
  }
  return { modules: linked, exported: [...modules.get(resolve(entry)).exported.keys()], inputs }
}

/** A module as esbuild makes CommonJS of it: its statements, where they use other modules, and what it exports. */
async function read(path, { target, define }) {
  const { code } = await transform(await readFile(path, 'utf8'), {
    ...{ loader: path.endsWith('.ts') ? 'ts' : 'js', format: 'cjs', platform: 'node', target, define },
    supported: { 'dynamic-import': false },
  })
  const fromOf = (name) => (name.startsWith('.') ? resolve(dirname(path), name) : name)
  const bound = new Map()
  const statements = []
  let listed = []
  for (const statement of parseAst(code).body) {
    const [declared] = statement.type === 'VariableDeclaration' ? statement.declarations : []
    const asked = requiredBy(declared?.init)
    if (asked !== undefined) bound.set(declared.id.name, fromOf(asked))
    else if (callOf(statement.expression) === '__export') listed = statement.expression.arguments[1].properties
    else if (!isOfEsbuild(statement, declared)) statements.push(statement)
  }
  const uses = statements.flatMap((statement) => usesIn(statement, bound, fromOf))
  const exported = new Map(listed.map(({ key, value }) => [key.name, exportedAs(value.body, bound)]))
  const passed = [...exported.values()].flatMap((one) => one.passed?.from ?? [])
  return { code, statements, uses, exported, froms: [...uses.map(({ from }) => from), ...passed] }
}

const callOf = (node) => (node?.type === 'CallExpression' ? node.callee.name : undefined)

/** What `require("…")`, or `__toESM(require("…"))`, asks for. */
function requiredBy(node) {
  const name = callOf(node)
  if (name === '__toESM') return requiredBy(node.arguments[0])
  return name === 'require' && node.arguments[0]?.type === 'Literal' ? node.arguments[0].value : undefined
}

/** What esbuild adds to each module. */
function isOfEsbuild({ type, expression }, declared) {
  if (declared) return /^(__\w+|stdin_exports|import_meta)$/.test(declared.id.name)
  if (type !== 'ExpressionStatement') return false
  return expression.type === 'LogicalExpression'
    ? expression.left.value === 0
    : expression.left?.object?.name === 'module'
}

const exportedAs = (value, bound) =>
  value.type === 'Identifier'
    ? { local: value.name }
    : { passed: { from: bound.get(value.object.name), name: value.property.name } }

/** Where a statement uses other modules, in order; `name` is what of them, where it can be seen. */
function usesIn(statement, bound, fromOf) {
  const uses = []
  const visit = (node, parent, key) => {
    const { type, start, end } = node
    const asked = requiredBy(node)
    if (asked !== undefined) return uses.push({ start, end, from: fromOf(asked) })
    if (type === 'MemberExpression' && !node.computed && bound.has(node.object.name))
      return uses.push({ start, end, ...whatOf(bound.get(node.object.name), node.property.name) })
    if (type === 'Identifier' && bound.has(node.name) && !isName(parent, key))
      return uses.push({ start, end, from: bound.get(node.name) })
    for (const [inner, value] of Object.entries(node))
      for (const child of [value].flat()) if (typeof child?.type === 'string') visit(child, node, inner)
  }
  visit(statement)
  return uses.sort((one, other) => one.start - other.start)
}

/** What is used of a module. The default of a module of Node is all of it. */
const whatOf = (from, name) => (name === 'default' && isOfNode(from) ? { from } : { from, name })

/** Whether an identifier is the name of a property, and no value. */
function isName(parent, key) {
  if (parent.shorthand) throw new Error('a module stands as a property of its own name')
  return !parent.computed && (key === 'property' || key === 'key')
}

function asFunction({ code, statements, uses, exported }, number, origin) {
  const used = new Set()
  const textOf = (use) => {
    const from = origin(use)
    used.add(from.number)
    return use.name === undefined ? run(from.number) : `${run(from.number)}.${from.name}`
  }
  const body = statements.map(({ start, end }) => {
    let text = ''
    let at = start
    for (const use of uses.filter((one) => start <= one.start && one.end <= end)) {
      text += code.slice(at, use.start) + textOf(use)
      at = use.end
    }
    return text + code.slice(at, end)
  })
  const functions = new Set(statements.flatMap(({ type, id }) => (type === 'FunctionDeclaration' ? id.name : [])))
  // Functions are there at once, as they are between modules that import each other.
  const given = [...exported].map(([name, { local, passed }]) => {
    if (passed) return { early: `get ${name}(){return ${textOf(passed)}}` }
    return functions.has(local) ? { early: `${name}:${local}` } : { late: `m${number}.${name}=${local};` }
  })
  const early = given.flatMap((one) => one.early ?? []).join()
  const late = given.flatMap((one) => one.late ?? []).join('')
  return {
    text: `function M${number}(){m${number}={${early}};\n${body.join('\n')}\n${late}return m${number}}`,
    uses: [...used],
  }
}

/** What is used of a package, with all that it is made of. */
async function packaged(name, used, options, file) {
  if (file || isOfNode(name)) return { text: '', value: `require(${JSON.stringify(file ?? name)})`, parts: [] }
  const what = used.includes('*') ? '*' : `{ ${used.join()} }`
  const { outputFiles, metafile } = await build({
    ...options,
    stdin: { contents: `export ${what} from ${JSON.stringify(name)}`, resolveDir: '.' },
    ...{ bundle: true, format: 'cjs', platform: 'node', write: false, metafile: true, logLevel: 'warning' },
  })
  return {
    text: `var module={exports:{}};(function(module){${outputFiles[0].text}})(module);`,
    value: '{...module.exports}',
    parts: Object.keys(metafile.inputs).filter((input) => input !== '<stdin>'),
  }
}
