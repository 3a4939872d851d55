import { objectsIn } from '../../../languages/platforms/kubernetes/objects.ts'
import { isWithin, type Span } from '../../../text/source.ts'
import { isDummy } from '../../secrets/secrets.ts'
import type { Service } from '../../services/service.ts'

/**
 * Whether a value is a placeholder in the manifest of a Kubernetes Secret: such a file is a template, which somebody fills
 * before it is applied. One in a compose file takes effect as it stands there.
 */
export const isUnfilled = (text: string, at: Span): boolean => isDummy(text) && isInSecret(at)

const isInSecret = (at: Span): boolean =>
  /\.ya?ml$/.test(at.source.path) &&
  objectsIn(at.source).some(({ kind, map }) => kind === 'Secret' && isWithin(at, map.span))

/** Whether the real Secret may give a variable that its template in view lacks: all of it is taken, or this key is asked for. */
export function mayBeFilled({ declared }: Service, name: string): boolean {
  const isAsked = declared.some((one) => one.name === name)
  return declared.some(({ value, valueSpan, span }) => {
    const isTemplate = value.kind === 'known' && valueSpan && isUnfilled(value.value, valueSpan)
    return isTemplate && (isAsked || isInSecret(span))
  })
}
