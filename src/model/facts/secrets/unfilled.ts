import { objectsIn } from '../../../languages/platforms/kubernetes/objects.ts'
import { isWithin, type Span } from '../../../text/source.ts'
import { isDummy } from '../../secrets/secrets.ts'

/**
 * Whether a value is a placeholder in the manifest of a Kubernetes Secret: such a file is a template, which somebody fills
 * before it is applied. One in a compose file takes effect as it stands there.
 */
export const isUnfilled = (text: string, at: Span): boolean =>
  isDummy(text) &&
  /\.ya?ml$/.test(at.source.path) &&
  objectsIn(at.source).some(({ kind, map }) => kind === 'Secret' && isWithin(at, map.span))
