import type { Label } from '../../../text/diagnostic.ts'
import type { Service } from '../../services/service.ts'

/** What says that people reach a service on their own machine alone, so that its secrets may be nobody's. */
export function onOneMachine({ declared, platform }: Service): Label | undefined {
  if (/^(fly|heroku|render)$/.test(platform ?? '')) return undefined
  const found = declared.find(
    ({ name, written }) =>
      /^["']?https?:\/\/(localhost|127\.0\.0\.1)\b/.test(written) ||
      (/(^|_)(PHX|URL|WEB|APP|PUBLIC|VIRTUAL|CANONICAL)_?HOST$/.test(name) && /^["']?localhost["']?$/.test(written)),
  )
  return (
    found && {
      span: found.valueSpan ?? found.span,
      text: `the stack may be for one machine alone: it calls itself \`localhost\``,
    }
  )
}
