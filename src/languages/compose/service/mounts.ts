import type { ScalarNode, YamlMap } from '../../yaml/node.ts'
import type { FileMount } from '../service-types.ts'
import { mapsAt, scalarAt, textAt } from './values.ts'

/** Secrets and configs, of a service or of a build. */
export const mountsOf = (map: YamlMap, key: string): readonly FileMount[] =>
  mapsAt(map, key).map((mount) => ({
    source: textAt(mount, 'source') ?? '',
    target: textAt(mount, 'target'),
    uid: textAt(mount, 'uid'),
    gid: textAt(mount, 'gid'),
    mode: modeOf(scalarAt(mount, 'mode')),
    span: mount.span,
  }))

/** A file's mode as Compose prints it: octal, with a zero before it. */
function modeOf(node: ScalarNode | undefined): string | undefined {
  if (node === undefined || node.unknown !== undefined) return undefined
  const value = Number.parseInt(node.text, node.type === 'string' ? 8 : 10)
  return Number.isNaN(value) ? undefined : `0${value.toString(8)}`
}
