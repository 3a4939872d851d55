import { resolve } from 'node:path'
import { type Analysis, readTree } from '../../analyze.ts'
import { maskingOfBoth } from '../../masking/masking.ts'
import { maskingOfProject } from '../../masking/project.ts'
import { differencesOf } from '../../model/image/differences.ts'
import type { Image } from '../../model/image/image.ts'
import type { Project } from '../../model/project/project.ts'
import { imageDiffers } from '../../settings/ids.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Call } from '../../cli/call/flags.ts'
import type { Io } from '../../cli/io/io.ts'
import { openProjects } from '../open.ts'
import { pathFrom, wholeProject } from '../folder.ts'
import { rebase } from '../rebase.ts'
import { failuresOf, saysUnseen } from '../unreadable.ts'

/** The comparison of images with a project, or why that cannot be read. */
export type Comparison =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly message: string }
  | {
      readonly kind: 'comparison'
      /** The analysis of an image with what differs from the project added. */
      readonly add: (image: Image, analysis: Analysis) => Analysis
    }

/** Reads the project that images should have been built from. */
export async function compareWith(path: string, call: Call, io: Io): Promise<Comparison> {
  const ignored = call.all('ignore').includes(imageDiffers)
  const opened = await openProjects([path], call, io)
  if (opened.kind === 'wrong') return opened
  const [project] = opened.projects
  if (project === undefined) return { kind: 'unreadable', message: `\`${path}\` cannot be read` }
  const [unseen] = failuresOf(project).filter(saysUnseen)
  if (unseen) {
    const place = pathFrom(io.cwd, resolve(project.root, unseen.span.source.path)) || wholeProject
    return { kind: 'unreadable', message: `\`${path}\` cannot be compared with: ${place}: ${unseen.message}` }
  }
  const read = await readTree(project.tree, {
    ...project.options,
    wanted: { of: 'project', images: 'all', development: false },
  })
  if (read.project.deployments.length === 0)
    return { kind: 'wrong', message: `there is nothing in \`${path}\` that builds an image for production` }
  const name = (file: string) => pathFrom(io.cwd, resolve(project.root, file))
  return {
    kind: 'comparison',
    add: (image, analysis) => (ignored ? analysis : withDifferences(image, analysis, read.project, name)),
  }
}

function withDifferences(image: Image, analysis: Analysis, project: Project, name: (path: string) => string): Analysis {
  const sources = new Set(project.tree.sources.map(({ path }) => path))
  const diagnostics = [...differencesOf(image, project)].map(
    (finding): Diagnostic => ({
      rule: imageDiffers,
      gotcha: 'image',
      severity: 'warning',
      certainty: 'certain',
      related: [],
      fixes: [],
      ...finding,
    }),
  )
  const found = rebase({ ...analysis, diagnostics, read: [], suppressed: [] }, (path) =>
    sources.has(path) ? name(path) : path,
  )
  return {
    ...analysis,
    diagnostics: [...analysis.diagnostics, ...found.diagnostics],
    secrets: [...analysis.secrets, ...project.secrets],
    masking: maskingOfBoth(analysis.masking, maskingOfProject(project)),
  }
}
