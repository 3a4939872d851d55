import type { Reporter } from '../report.ts'
import type { Chain } from './html.ts'

/** The formats of findings, by their names: those that hadolint has are called as there. */
export const formatNames = [
  'tty',
  'json',
  'ndjson',
  'sarif',
  'github',
  'gitlab_codeclimate',
  'codeclimate',
  'codacy',
  'checkstyle',
  'gnu',
  'junit',
  'rdjson',
  'sonarqube',
  'markdown',
  'html',
] as const
export type FormatName = (typeof formatNames)[number]

/** Turns a report into a text; `chain` is for a format that shows it. */
export type AnyReporter = (report: Parameters<Reporter>[0], chain?: Chain) => string | Promise<string>

/** The code of each format, which is loaded where it is asked for. */
export const reporters: Readonly<Record<FormatName, () => Promise<AnyReporter>>> = {
  tty: async () => (await import('./tty.ts')).reportTty,
  json: async () => (await import('./json.ts')).reportJson,
  ndjson: async () => (await import('./ndjson.ts')).reportNdjson,
  sarif: async () => (await import('./sarif.ts')).reportSarif,
  github: async () => (await import('./github.ts')).reportGithub,
  gitlab_codeclimate: async () => (await import('./gitlab.ts')).reportGitlab,
  codeclimate: async () => (await import('./codeclimate.ts')).reportCodeclimate,
  codacy: async () => (await import('./codacy.ts')).reportCodacy,
  checkstyle: async () => (await import('./checkstyle.ts')).reportCheckstyle,
  gnu: async () => (await import('./gnu.ts')).reportLines,
  junit: async () => (await import('./junit.ts')).reportJunit,
  rdjson: async () => (await import('./rdjson.ts')).reportRdjson,
  sonarqube: async () => (await import('./sonarqube.ts')).reportSonarqube,
  markdown: async () => (await import('./markdown.ts')).reportMarkdown,
  html: async () => (await import('./html.ts')).reportHtml,
}

/** How a format is printed as it comes: the findings of each project, and what is left to be said of all. */
export interface ReportParts {
  readonly findings: Reporter
  readonly ending: Reporter
}

/** Nothing. */
const nothing: Reporter = () => ''

/** The formats that can be printed as they come, project by project. */
export const inParts: Readonly<Partial<Record<FormatName, () => Promise<ReportParts>>>> = {
  tty: async () => {
    const { ttyFindings, ttyEnding } = await import('./tty.ts')
    return { findings: ttyFindings, ending: ttyEnding }
  },
  ndjson: async () => {
    const { ndjsonFindings, ndjsonSummary } = await import('./ndjson.ts')
    return { findings: ndjsonFindings, ending: ndjsonSummary }
  },
  github: async () => ({ findings: (await import('./github.ts')).reportGithub, ending: nothing }),
  codeclimate: async () => ({ findings: (await import('./codeclimate.ts')).reportCodeclimate, ending: nothing }),
  codacy: async () => ({ findings: (await import('./codacy.ts')).reportCodacy, ending: nothing }),
  gnu: async () => ({ findings: (await import('./gnu.ts')).reportLines, ending: nothing }),
}

/** Formats that steer a job or hold what no terminal shows, and so must arrive as they are: each says of itself what is in it. */
export const asTheyAre: ReadonlySet<FormatName> = new Set(['github', 'codeclimate'])

/** Formats that have a place for what was checked and what was left out. */
export const saysWhatWasChecked: ReadonlySet<FormatName> = new Set([
  'tty',
  'json',
  'ndjson',
  'sarif',
  'junit',
  'markdown',
  'html',
])

/** Formats that show the build and the starts of its containers, which are read for them. */
export const withChain: ReadonlySet<FormatName> = new Set(['html'])
