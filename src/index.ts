export { type Analysis, type AnalyzeOptions, analyze } from './analyze.ts'
export { analyzeImage } from './analyze-image.ts'
export { type Discovery, discover } from './files/discover.ts'
export { diskHost } from './files/disk.ts'
export type { Entry, Host } from './files/host.ts'
export type { ImageOptions, ReadImages } from './files/image/choose.ts'
export { readImageFolder } from './files/image/folder.ts'
export { readImages } from './files/image/read.ts'
export type { SavedImage, Wanted } from './files/image/types.ts'
export { memoryHost } from './files/memory.ts'
export { type Tree, type TreeEntry, treeOf } from './files/tree.ts'
export { wantedOfImage } from './model/image/wanted.ts'
export { rules } from './rules/index.ts'
export type { Example, Rule } from './rules/rule.ts'
export { readSettings, type SettingsReading } from './settings/read.ts'
export type { Settings } from './settings/settings.ts'
export type {
  Certainty,
  Diagnostic,
  Edit,
  Finding,
  Fix,
  Gotcha,
  Label,
  Severity,
  Suppressed,
} from './text/diagnostic.ts'
export { applyEdits } from './text/edit.ts'
export { type Position, positionAt, type Source, type Span, textOf } from './text/source.ts'
