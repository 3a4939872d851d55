import { posix } from 'node:path'
import { composeNames, isWorkflow } from '../../../files/names.ts'
import { besideCode } from '../../../files/tree.ts'
import { type Span, span } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { scriptsOf } from '../../env/docker-run.ts'
import type { Project } from '../../project/project.ts'
import type { Service } from '../../services/service.ts'
import { developmentWord } from '../../shipping/production.ts'

/** How scripts execute something in a container that a platform or Compose has started, up to the end of the command. */
const rest = String.raw`(?=\s)((?:[^\n;|#\\]|\\[^\n]|\\\r?\n)*)`
const callers: readonly (readonly [Service['platform'], RegExp])[] = [
  ['kamal', new RegExp(String.raw`(?<![\w./-])kamal\s+app\s+exec${rest}`, 'g')],
  ['fly', new RegExp(String.raw`(?<![\w./-])fly(?:ctl)?\s+ssh\s+console${rest}`, 'g')],
  ['kubernetes', new RegExp(String.raw`(?<![\w./-])kubectl\s+(?:-\S+\s+(?:[\w.-]+\s+)?)*exec${rest}`, 'g')],
  ['heroku', new RegExp(String.raw`(?<![\w./-])heroku\s+run${rest}`, 'g')],
  [undefined, new RegExp(String.raw`(?<![\w./-])(?:docker[ -]compose|podman-compose)${rest}`, 'g')],
]

/** The calls of `mix …` by which scripts and workflows of a project want something of a container that is there. */
export function mixCallsInto(deployment: Deployment, { tree }: Project): readonly Span[] {
  const { service } = deployment
  if (service === undefined) return []
  const workflows = besideCode(tree).filter(({ path }) => isWorkflow(path) && developmentWord(path) === undefined)
  const caller = callers.find(([platform]) => platform === service.platform)
  return [...scriptsOf(tree), ...workflows].flatMap((script) => {
    if (caller === undefined || !/\bmix\s/.test(script.text)) return []
    return [...script.text.matchAll(caller[1])].flatMap((found): readonly Span[] => {
      const [whole, words = ''] = found
      const mix = /(?<![\w./-])mix\s+[a-z][\w.]*/.exec(words)
      const before = words.slice(0, mix?.index)
      if (mix === null || isComment(script.text, found.index) || endsIn(before) || !isMeant(service, before)) return []
      const start = found.index + whole.length - words.length + mix.index
      return [span(script, start, start + mix[0].length)]
    })
  })
}

const isComment = (text: string, index: number): boolean =>
  /^\s*(#|echo\b)/.test(text.slice(text.lastIndexOf('\n', index) + 1, index + 1))

/** Whether the call ends before its end: at an operator that stands in no quotes. */
const endsIn = (words: string): boolean => /&/.test(words.replace(/"[^"]*("|$)|'[^']*('|$)/g, ''))

/** Whether what stands before `mix` names the container of a service. */
function isMeant({ platform, name, stack }: Service, words: string): boolean {
  if (platform !== undefined) return platform !== 'kubernetes' || new RegExp(`[\\s/]${name}(\\s|$)`).test(words)
  const files = [...words.matchAll(/(?:-f|--file)[= ]\s*(\S+)/g)].map(([, file]) => posix.basename(file ?? ''))
  const isOwn = (files.length === 0 ? composeNames : files).includes(posix.basename(stack))
  return isOwn && new RegExp(`\\s(exec|run)\\s(?:.*\\s)?${name}\\s`, 's').test(words)
}
