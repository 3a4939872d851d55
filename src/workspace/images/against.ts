import { resolve } from 'node:path'
import { type Analysis, readTree } from '../../analyze.ts'
import { maskingOfBoth } from '../../masking/masking.ts'
import { maskingOfProject } from '../../masking/project.ts'
import { differencesOf } from '../../model/image/differences.ts'
import type { Image } from '../../model/image/image.ts'
import type { Project } from '../../model/project/project.ts'
import { imageDiffers } from '../../settings/ids.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { openWorkspace } from '../open.ts'
import type { OpenOptions, Surroundings } from '../options.ts'
import { pathFrom, wholeProject } from '../paths.ts'
import { rebase } from '../rebase.ts'
import { closed, done, type Result, wrong } from '../result.ts'
import { failuresOf, saysUnseen } from '../unreadable.ts'

/** The project that images should have been built from. */
export interface Sources {
  readonly project: Project
  /** The path that the user sees of one in the project. */
  readonly shown: (path: string) => string
}

/** Reads the project that images should have been built from; where not all of it can be read, it is `unreadable`. */
export async function sourcesAt(path: string, at: Surroundings, options: OpenOptions): Promise<Result<Sources>> {
  const opened = await openWorkspace([path], at, options)
  if (opened.kind === 'wrong') return opened
  const [project] = opened.value.projects
  if (project === undefined) return closed(`\`${path}\` cannot be read`)
  const shown = (file: string) => pathFrom(at.cwd, resolve(project.root, file))
  const [unseen] = failuresOf(project).filter(saysUnseen)
  if (unseen) {
    const place = shown(unseen.span.source.path) || wholeProject
    return closed(`\`${path}\` cannot be compared with: ${place}: ${unseen.message}`)
  }
  const read = await readTree(project.tree, {
    ...project.options,
    wanted: { of: 'project', images: 'all', development: false },
  })
  return read.project.deployments.length === 0
    ? wrong(`there is nothing in \`${path}\` that builds an image for production`)
    : done({ project: read.project, shown })
}

/** The analysis of an image, with what is otherwise in it than in its sources. */
export function withDifferences(image: Image, analysis: Analysis, { project, shown }: Sources): Analysis {
  const sources = new Set(project.tree.sources.map(({ path }) => path))
  const diagnostics = [...differencesOf(image, project)].map(
    (finding): Diagnostic => ({
      rule: imageDiffers,
      gotcha: 'image',
      severity: 'warning',
      certainty: 'certain',
      related: [],
      fixes: [],
      why: '',
      remedy: 'Build the image again from these sources, or look for what changed it',
      ...finding,
    }),
  )
  const found = rebase({ ...analysis, diagnostics, read: [], suppressed: [] }, (path) =>
    sources.has(path) ? shown(path) : path,
  )
  return {
    ...analysis,
    diagnostics: [...analysis.diagnostics, ...found.diagnostics],
    secrets: [...analysis.secrets, ...project.secrets],
    masking: maskingOfBoth(analysis.masking, maskingOfProject(project)),
  }
}
