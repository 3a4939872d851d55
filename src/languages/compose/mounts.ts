import type { Mount } from './types.ts'
import { mapsAt, textAt } from './values.ts'
import type { MapNode } from './yaml/node.ts'

/** Secrets and configs, of a service or of a build. */
export const mountsOf = (map: MapNode, key: string): readonly Mount[] =>
  mapsAt(map, key).map((mount) => ({
    source: textAt(mount, 'source') ?? '',
    target: textAt(mount, 'target'),
    uid: textAt(mount, 'uid'),
    gid: textAt(mount, 'gid'),
    mode: textAt(mount, 'mode'),
    span: mount.span,
  }))
