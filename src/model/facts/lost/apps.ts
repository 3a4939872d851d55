import { posix } from 'node:path'
import type { AtomNode, CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { fullName, keywordGet, walk } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { mentions } from '../../phoenix/code.ts'
import { mixText } from '../../phoenix/mix.ts'
import { plugsIn } from '../../phoenix/plugs.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'
import { isWrittenIn } from '../../phoenix/words.ts'
import type { Project } from '../../project/project.ts'
import { reachedFrom } from './reached.ts'

/** A name of an application in code that no application has. */
export interface LostApp {
  readonly name: string
  /** Where the name stands, which may be a module attribute. */
  readonly span: Span
  /** What asks for the application: `Application.fetch_env!`, or `use Ecto.Repo`. */
  readonly by: string
  readonly at: Span
  /** The name that was most likely meant. */
  readonly near: string | undefined
  /** Whether the start of the release, or one of its commands, comes there. */
  readonly isReached: boolean
}

/** Functions whose first argument is an application that must be there. */
const asking =
  /^(Application|:application)\.(fetch_env!?|get_env|get_all_env|load|ensure_loaded|ensure_all_started|ensure_started|start|app_dir|spec)$|^:code\.(priv_dir|lib_dir)$/

/** The words without which none of them is called, and a call that says which application it asks for. */
const callWords = /\bApplication\s*\.|:"?(application|code)\b/g
const plainCalls = /(?<!\|>\s*)(?:\bApplication|:application|:code)\s*\.\s*\w+[!?]?[( ]\s*:(\w+)(?=\s*[,)])/g

/** The words without which nothing asks for an application. */
const mayAsk = /\bApplication\s*\.|:"?(application|code)\b|otp_app|Static/

/** Whether a module may ask for an application that is none of `names`, by its text. */
function maySayApp({ span: { source } }: ModuleDefinition, names: ReadonlySet<string>): boolean {
  const asked = [...source.text.matchAll(plainCalls)].filter(([, name = '']) => names.has(name))
  return asked.length < (source.text.match(callWords)?.length ?? 0)
}

/** What does not work without its application. What else takes an `otp_app:` may only look for settings, and go on. */
const bound = /^use (Ecto\.Repo|Phoenix\.Endpoint|Gettext(\.Backend)?|Swoosh\.Mailer|Bamboo\.Mailer|Guardian)$/

/** Those that go on without one. */
const forgiving = /\.(get_env|get_all_env|fetch_env)$/

/** What Erlang and Elixir bring. */
const brought =
  'asn1 common_test compiler crypto debugger dialyzer diameter edoc eldap erl_interface et eunit ftp inets jinterface kernel megaco mnesia observer odbc os_mon parsetools public_key reltool runtime_tools sasl snmp ssh ssl stdlib syntax_tools tftp tools wx xmerl elixir eex ex_unit iex logger mix'.split(
    ' ',
  )

/** The applications that the code of a deployment asks for and that there are not: at each place once. */
export function lostAppsOf(project: Project, deployment: Deployment): readonly LostApp[] {
  const { code, boot, app } = deployment
  if (app === undefined || app.unread) return []
  const { names, isWhole } = namesOf(project, deployment)
  const reached = reachedFrom(project, deployment)
  const inCode = code.mentioning(mayAsk).flatMap((module) => {
    const asked = (maySayApp(module, names) ? module.functions : []).flatMap((definition) =>
      callsIn(definition).map(({ call, named }) => ({ call, named, isReached: reached.has(definition) })),
    )
    // What Phoenix.Presence finds under its application may be missing.
    const asks = (isWrittenIn(module, 'otp_app') ? module.uses : []).filter((use) => use.module !== 'Phoenix.Presence')
    const used = asks.map(({ call, options }) => ({
      call,
      named: keywordGet(options, 'otp_app'),
      isReached: true,
    }))
    const plugged = plugsIn(mentions(module, /\bplug\b[\s\S]*Static/) ? module.body : [], module, code)
      .filter(({ named }) => named === 'Plug.Static')
      .map(({ call }) => ({ call, named: keywordGet(call.args[1], 'from'), isReached: true }))
    return [...asked, ...used, ...plugged].flatMap(({ call, named, isReached }): readonly LostApp[] => {
      const atom = atomOf(named, module)
      if (atom === undefined || names.has(atom.name) || boot?.at(atom.name) !== undefined) return []
      const by =
        call.name === 'use'
          ? `use ${module.uses.find((use) => use.call === call)?.module}`
          : call.name === 'plug'
            ? 'plug Plug.Static'
            : (fullName(call) ?? '')
      const near = nearest(atom.name, [...names], atom.name.length < 8 ? 1 : 2)
      if (
        near === undefined &&
        (!isWhole || !isReached || forgiving.test(by) || (call.name === 'use' && !bound.test(by)))
      )
        return []
      return [{ name: atom.name, span: atom.span, by, at: call.span, near, isReached }]
    })
  })
  return [...inCode, ...lostInConfig(deployment, project, names)]
}

/** The names in config that are nearly that of an own application, and that no code mentions. */
function lostInConfig({ code, boot }: Deployment, { apps }: Project, names: ReadonlySet<string>): readonly LostApp[] {
  const own = apps.flatMap(({ name }) => name ?? [])
  return (boot?.writes ?? []).flatMap(({ path: [name = ''], call }): readonly LostApp[] => {
    const near = names.has(name) ? undefined : nearest(name, own, name.length < 8 ? 1 : 2)
    const at = textOf(call).indexOf(`:${name}`)
    if (near === undefined || at === -1 || code.files.some(({ source }) => source.text.includes(`:${name}`))) return []
    const written = span(call.source, call.start + at, call.start + at + name.length + 1)
    return [{ name, span: written, by: 'config', at: written, near, isReached: true }]
  })
}

/** The names of applications that a deployment has, its own first, and whether they are all. */
function namesOf({ apps }: Project, { app, world }: Deployment) {
  const own = apps.flatMap(({ name }) => name ?? [])
  const lock = app && world.sourceAt(posix.join(app.folder, 'mix.lock'))
  const locked = [...(lock?.text ?? '').matchAll(/^\s*"?(\w+)"?:\s*\{/gm)].map(([, name = '']) => name)
  const deps = apps.flatMap((one) => one.deps.map(({ name }) => name))
  // What mix.exs tells the compiler not to look for is brought by somebody else.
  const isPlugin = /\bxref:\s*\[\s*exclude:|\bno_warn_undefined:/.test(mixText(app))
  const isWhole = lock !== undefined && own.length > 0 && !isPlugin
  return { names: new Set([...own, ...deps, ...locked, ...brought]), isWhole }
}

/** The calls that ask for an application, each with its first argument, which a pipe may hand to it. */
function callsIn(definition: FunctionDefinition): readonly { call: CallNode; named: Node | undefined }[] {
  const found: { call: CallNode; named: Node | undefined }[] = []
  const piped = new Map<Node, Node>()
  walk(bodiesOf(definition), (node) => {
    if (node.kind === 'binary' && node.operator === '|>') {
      const { left } = node
      piped.set(node.right, left.kind === 'binary' && left.operator === '|>' ? left.right : left)
    }
    if (node.kind === 'call' && asking.test(fullName(node) ?? ''))
      found.push({ call: node, named: piped.get(node) ?? node.args[0] })
  })
  return found
}

/** The atom that is written, or that an attribute of the module stands for. */
export function atomOf(node: Node | undefined, module: ModuleDefinition): AtomNode | undefined {
  if (node?.kind === 'attribute' && node.value === undefined) {
    const values = module.attributes.filter((one) => one.name === node.name)
    return values.length === 1 ? atomOf(values[0]?.value, module) : undefined
  }
  return node?.kind === 'atom' && !/^(nil|true|false)$/.test(node.name) ? node : undefined
}
