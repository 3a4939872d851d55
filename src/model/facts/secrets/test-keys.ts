import type { Span } from '../../../text/source.ts'
import { sameSpan } from '../../../text/source.ts'
import type { Project } from '../../project/project.ts'
import { publisherOf } from '../../secrets/published.ts'
import { isSecretName } from '../../secrets/secret-look.ts'
import { unquoted } from '../../secrets/written.ts'
import { allBootsOf } from '../boots.ts'
import { keyName, literalOf, textsIn } from './secret-fallbacks.ts'
import { imagesOf, isShipped } from './shipped-secrets.ts'

/** A key for tests that production is given. */
export interface TestKey {
  /** The variable or config key that has it. */
  readonly name: string
  /** Whose it is, or how it begins. */
  readonly of: string
  readonly span: Span
}

/** The keys for tests under the names of secrets in the config, the variables and the images of production, each place once. */
export function testKeysOf(project: Project): readonly TestKey[] {
  const found: TestKey[] = []
  const take = (name: string, value: string, span: Span | undefined) => {
    const of = publisherOf(value)
    if (of !== undefined && isSecretName(name) && span && !found.some((one) => sameSpan(one.span, span)))
      found.push({ name, of, span })
  }
  for (const { boot } of allBootsOf(project))
    for (const { path, value } of textsIn(boot.config)) take(keyName(path), value.text, literalOf(value))
  for (const { service } of project.deployments)
    for (const { name, value, valueSpan } of service?.declared ?? [])
      if (value.kind === 'known') take(name, value.value, valueSpan && unquoted(valueSpan))
  for (const image of imagesOf(project))
    for (const one of image.deployment.dockerfile?.instructions ?? [])
      if ((one.keyword === 'ENV' || one.keyword === 'ARG') && isShipped(image, one))
        for (const { name, value, valueSpan } of one.pairs) take(name, value ?? '', valueSpan && unquoted(valueSpan))
  return found
}
