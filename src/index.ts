/**
 * The library. A project is opened (`openWorkspace` from disk, `openHost` from anywhere else), checked (`check`), mended
 * (`fix`) and reported (`reportText`, `reportJson`, `reportSarif`); images are opened by `openImages` and checked by
 * `checkImages`. Below these lie `analyze` and `analyzeImage`, which take what was read already.
 */

export { type Analysis, type AnalyzeOptions, analyze } from './analyze.ts'
export { analyzeImage } from './analyze-image.ts'
export { type DiscoverOptions, type Discovery, discover, type FileProblem } from './files/discover.ts'
export { diskHost } from './files/disk.ts'
export { type Entry, type Host, ReadFailure } from './files/host.ts'
export type { ImageOptions, ReadImages } from './files/image/choose.ts'
export { readImageFolder } from './files/image/folder.ts'
export { readImages } from './files/image/read.ts'
export type { SavedImage, Wanted } from './files/image/types.ts'
export { memoryHost } from './files/memory.ts'
export { type Tree, type TreeEntry, treeOf } from './files/tree.ts'
export {
  type Change,
  type FixedFinding,
  type FixOptions,
  type FixOutcome,
  fixTree as fix,
  type LeftFinding,
} from './fix.ts'
export type { Masking } from './masking/masking.ts'
export { type Said, type Shown, showFindings } from './masking/shown.ts'
export type { Image } from './model/image/image.ts'
export { wantedOfImage } from './model/image/wanted.ts'
export type { Looked } from './model/project/looked.ts'
export type { Project } from './model/project/project.ts'
export type { ReadOptions } from './model/project/read.ts'
export { reportLines } from './report/formats/gnu.ts'
export { type JsonFinding, type JsonPlace, type JsonReport, reportJson } from './report/formats/json.ts'
export { reportSarif } from './report/formats/sarif.ts'
export { reportTty as reportText } from './report/formats/tty.ts'
export type { Report, Reporter, RuleFacts } from './report/report.ts'
export { type ReportStyle, reportOf } from './report/report-of.ts'
export { version } from './report/version.ts'
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
  Problem,
  Severity,
  Suppressed,
} from './text/diagnostic.ts'
export { applyEdits } from './text/edit.ts'
export { type Position, positionAt, type Source, type Span, textOf } from './text/source.ts'
export { type Checked, type CheckOptions, check } from './workspace/check.ts'
export { type HostOptions, openHost } from './workspace/host.ts'
export { type CheckedImages, checkImages } from './workspace/images/check.ts'
export { type OpenImages, type OpenImagesOptions, openImages } from './workspace/images/open.ts'
export { openWorkspace } from './workspace/open.ts'
export type { ComposeOptions, ContextOptions, OpenOptions, Surroundings } from './workspace/options.ts'
export type { Done, Result, Wrong } from './workspace/result.ts'
export type { OpenProject, Workspace } from './workspace/workspace.ts'
