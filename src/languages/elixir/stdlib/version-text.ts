import { field } from '../values/map.ts'
import type { MapValue } from '../values/value.ts'

/** What `to_string` gives of `%Version{}`. */
export function versionText(version: MapValue): string {
  const numbers = ['major', 'minor', 'patch'].map((name) => {
    const value = field(version, name)
    return value?.kind === 'integer' ? value.value.toString() : ''
  })
  const pre = field(version, 'pre')
  const parts =
    pre?.kind === 'list'
      ? pre.items.map((part) =>
          part.kind === 'integer' ? part.value.toString() : part.kind === 'binary' ? part.text : '',
        )
      : []
  const build = field(version, 'build')
  return (
    numbers.join('.') +
    (parts.length > 0 ? `-${parts.join('.')}` : '') +
    (build?.kind === 'binary' ? `+${build.text}` : '')
  )
}
