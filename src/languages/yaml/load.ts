import { during } from '../../text/clock.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { type Source, wholeOf } from '../../text/source.ts'
import { type Construction, construct } from './construct.ts'
import { type RawNode, readEvents } from './events.ts'
import type { YamlNode } from './node.ts'
import { type Path, resolveTags } from './tags.ts'

/** One document of a compose file. */
export interface Document {
  readonly root: YamlNode
  /** What `!reset` and `!override` take away from earlier files. */
  readonly resets: readonly Path[]
}

export interface YamlFile {
  readonly documents: readonly Document[]
  readonly problems: readonly Problem[]
}

const longest = 4_000_000

/** The documents of a compose file as Go's YAML library and compose-go's handling of `!reset` read them. */
export function loadYaml(source: Source): YamlFile {
  const before = loaded.get(source)
  if (before) return before
  const file = during('parsing YAML', () => read(source))
  loaded.set(source, file)
  return file
}

const loaded = new WeakMap<Source, YamlFile>()

function read(source: Source): YamlFile {
  if (source.text.length > longest) {
    return {
      documents: [],
      problems: [{ span: { source, start: 0, end: 0 }, message: 'the file is too large to be read', bound: true }],
    }
  }
  const { documents, problems } = readEvents(source)
  const all = [...problems]
  return { documents: documents.flatMap((raw) => readDocument(source, raw, all)), problems: all }
}

function readDocument(source: Source, raw: RawNode, problems: Problem[]): readonly Document[] {
  const { node, resets, problems: found } = resolveTags(raw)
  problems.push(...found)
  if (node === undefined) return []
  const construction: Construction = {
    problems,
    sizes: new Map(),
    made: new Map(),
    active: new Set(),
    count: 0,
    aliased: 0,
    depth: 0,
    stopped: false,
  }
  const root = construct(construction, node)
  if (construction.stopped) {
    problems.push({ span: { ...wholeOf(source), end: 0 }, message: 'the aliases of this file expand to too much' })
    return []
  }
  return [{ root, resets }]
}
