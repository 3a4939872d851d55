import { resolve } from 'node:path'
import type { StackEnvironment } from '../../model/env/variable.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { shownSource, unquoting } from '../../text/outside.ts'
import type { Source, Span } from '../../text/source.ts'

/** `made` with messages that quote nothing from outside of the project. */
export function unquoted(
  made: StackEnvironment,
  remarks: readonly string[],
  sources: readonly Source[],
): StackEnvironment {
  const say = unquoting(sources)
  return {
    ...made,
    notes: [...made.notes, ...remarks].map(say),
    errors: made.errors.map((error) => ({ ...error, message: say(error.message) })),
  }
}

/** `made` with absolute paths, so that stacks of several roots stand side by side. */
export function absolute(made: StackEnvironment, root: string): StackEnvironment {
  const sources = new Map<Source, Source>()
  const rename = (source: Source): Source => {
    const renamed = sources.get(source) ?? { ...shownSource(source), path: resolve(root, source.path) }
    sources.set(source, renamed)
    return renamed
  }
  const spanOf = ({ source, start, end }: Span): Span => ({ source: rename(source), start, end })
  const labels = <T extends { readonly span: Span }>(all: readonly T[]): readonly T[] =>
    all.map((label) => ({ ...label, span: spanOf(label.span) }))
  return {
    notes: made.notes,
    errors: labels<Problem>(made.errors),
    containers: made.containers.map((container) => ({
      ...container,
      name: container.name === container.span.source.path ? resolve(root, container.name) : container.name,
      span: spanOf(container.span),
      effective: new Map(
        [...container.effective].map(([name, variable]) => [
          name,
          {
            ...variable,
            reads: labels(variable.reads),
            value: { ...variable.value, trail: labels(variable.value.trail) },
          },
        ]),
      ),
    })),
  }
}
