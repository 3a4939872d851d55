import type { Span } from './source.ts'

export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** `certain` where every link of the chain was read, `likely` where something that was not may repair it. */
export type Certainty = 'certain' | 'likely'

export const gotchas = [
  'runtime-config',
  'migrations',
  'host-and-server',
  'assets',
  'secrets',
  'health',
  'log-level',
  'image',
  'syntax',
] as const
/** The seven known mistakes of first deployments, what lies beyond them, and files that cannot be read as what they are. */
export type Gotcha = (typeof gotchas)[number]

/** A place and what is to be said of it. */
export interface Label {
  readonly span: Span
  readonly text: string
}

/** The replacement of a range by a text. A file that does not exist yet is a Source with an empty text. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

export interface Fix {
  readonly title: string
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly Edit[]
}

/** What a rule says: a diagnostic without the fields that come from the rule itself. */
export interface Finding {
  /** What is wrong, in one sentence: code in backticks, no full stop, no advice. */
  readonly message: string
  /** Where to look first. */
  readonly span: Span
  /** The trail, in reading order. */
  readonly related?: readonly Label[]
  readonly fixes?: readonly Fix[]
  /** Why no fix is offered, in one clause; that of the rule where absent. Empty where nothing could be mended in place. */
  readonly noFix?: string
  /** What a user looks under for this finding; that of the rule where absent. */
  readonly gotcha?: Gotcha
  /** The rule's own severity where absent. */
  readonly severity?: Severity
  /** `certain` where absent. */
  readonly certainty?: Certainty
  /** What happens in production, where the sentence of the rule does not hold for this finding. */
  readonly why?: string
  /** What to do, where the sentence of the rule does not hold for this finding. */
  readonly remedy?: string
  /** Whether as an error it says that there is no image, or that nothing of it starts; as the rule says where absent. */
  readonly stops?: boolean
}

export interface Diagnostic extends Required<Omit<Finding, 'noFix' | 'stops'>> {
  /** The id of the rule, such as `assets-after-release`. */
  readonly rule: string
  /** Why it has no fix although its rule offers some, in one clause; absent where it has one. */
  readonly noFix?: string
  /** Whether its rule is a preview that the user has not asked for: it fails no run. */
  readonly preview?: true
  /** The name that it was given where it was found, of a finding that is read from a report. */
  readonly fingerprint?: string
}

/** A finding that the user has decided not to hear of. */
export interface Suppressed {
  readonly diagnostic: Diagnostic
  /** What says so: a comment in the file, the settings, or the baseline of findings that were there before. */
  readonly by: 'comment' | 'settings' | 'baseline'
  readonly reason: string | undefined
}

/** Why a text could not be read as what it is. A parser gives these; it never throws at the user's file. */
export interface Problem {
  readonly span: Span
  readonly message: string
  /** `certain`, an error, where absent; what is `likely` is information: it may be meant so, or be our own fault. */
  readonly certainty?: Certainty
  readonly related?: readonly Label[]
  /** The text is too much for us: no error of whoever wrote it. */
  readonly bound?: true
  /** The program that reads the text may understand it all the same: a likely warning. */
  readonly readElsewhere?: true
}

/** What texts are written in that have rules of their own: each has a rule for those that break them. */
export type Language = 'dockerfile' | 'compose' | 'env' | 'elixir' | 'shell'

/** Why a text is none of the language that it was read as. */
export interface SyntaxProblem extends Problem {
  readonly language: Language
}

/** The problems of a text that was read as one of `language`. */
export const inLanguage = (language: Language, problems: readonly Problem[]): readonly SyntaxProblem[] =>
  problems.map((problem) => ({ ...problem, language }))
