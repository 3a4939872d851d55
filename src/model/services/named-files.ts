import { posix } from 'node:path'
import type { ComposeService } from '../../languages/compose/service-types.ts'
import type { ComposeProject } from '../../languages/compose/types.ts'
import type { Span } from '../../text/source.ts'

/** A file that a secret or a config of a service is made of. */
export interface NamedFile {
  readonly kind: 'secret' | 'config'
  /** Under which services name it. */
  readonly name: string
  /** Relative to the root of the tree. */
  readonly path: string
  readonly span: Span
}

/** The files of the secrets and the configs that a service asks for (Compose file reference, "secrets", "configs"). */
export const namedFilesOf = (
  service: Pick<ComposeService, 'secrets' | 'configs'>,
  project: Pick<ComposeProject, 'secrets' | 'configs'>,
): readonly NamedFile[] =>
  (['secret', 'config'] as const).flatMap((kind) =>
    service[`${kind}s`].flatMap(({ source }) => {
      const { file, fileSpan, external } = project[`${kind}s`].get(source) ?? {}
      if (file === undefined || fileSpan === undefined || external) return []
      return [{ kind, name: source, path: posix.normalize(file), span: fileSpan }]
    }),
  )
