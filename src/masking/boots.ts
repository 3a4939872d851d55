import { secretsIn } from '../model/env/secret.ts'
import type { ContractVariable } from '../model/outcome/contract.ts'
import type { BootFact } from '../model/outcome/facts.ts'
import type { BootPage, WhyAnswer } from '../model/outcome/page.ts'
import { type Known, type Maybe, unknown } from '../text/known.ts'
import type { Source, Span } from '../text/source.ts'
import { showConfig, textsIn } from './config.ts'
import { showValue } from './environment.ts'
import { isTelling, type Masking, maskingOf } from './masking.ts'
import { asShown, type Shown, showLabel, showSpan } from './shown.ts'

/** What the containers of a project do when they start. */
export interface BootPages {
  readonly pages: readonly BootPage[]
  /** What could not be seen, in sentences. */
  readonly notes: readonly string[]
}

/** What is known of the secrets of a project besides what its pages say. */
export interface BootSecrets {
  readonly sources: readonly Source[]
  readonly spans: readonly Span[]
  /** Variables that the config read. */
  readonly reads: readonly { readonly name: string; readonly value: Known<string> }[]
}

/** The masking of what boots say: of the files, of the variables and of the config as it was evaluated. */
export function maskingOfBoots({ pages }: BootPages, { sources, spans, reads }: BootSecrets): Masking {
  const given = [...reads, ...pages.flatMap(({ variables }) => variables)].flatMap(({ name, value }) =>
    value.kind === 'known' ? [[name, value.value] as const] : [],
  )
  const texts = pages.flatMap(({ config }) => (config ? textsIn(config) : []))
  const values = [...given, ...texts].flatMap(([name, text]) => secretsIn(name, text))
  return maskingOf({ sources, spans, values: () => values.filter(isTelling) })
}

/** The pages with their secrets masked. */
export const showBoots = ({ pages, notes }: BootPages, masking: Masking): Shown<BootPages> =>
  asShown({ pages: pages.map((page) => showPage(page, masking)), notes: notes.map(masking.text) })

const showPage = (page: BootPage, masking: Masking): BootPage => ({
  ...page,
  name: page.name && masking.text(page.name),
  span: showSpan(page.span, masking),
  facts: page.facts.map((fact) => showFact(fact, masking)),
  variables: page.variables.map((variable) => showRead(variable, masking)),
  crash: page.crash && {
    message: masking.text(page.crash.message),
    span: page.crash.span && showSpan(page.crash.span, masking),
  },
  listens: showMaybe(page.listens, masking),
  listeners: showKnown(page.listeners, masking, (all) =>
    all.map(({ scheme, ip, port }) => ({
      scheme,
      ip: showKnown(ip, masking, masking.text),
      port: showKnown(port, masking, (one) => one),
    })),
  ),
  url: showKnown(page.url, masking, masking.text),
  staticManifest: showMaybe(page.staticManifest, masking),
  logLevel: showKnown(page.logLevel, masking, masking.text),
  config: page.config && showConfig(page.config, masking),
})

const showFact = (fact: BootFact, masking: Masking): BootFact => ({
  ...fact,
  text: masking.text(fact.text),
  at: fact.at && showSpan(fact.at, masking),
})

/** What is known, with its secrets masked by `show`. */
function showKnown<T>(value: Known<T>, masking: Masking, show: (one: T) => T): Known<T> {
  const trail = value.trail.map((label) => ({ ...label, ...showLabel(label, masking) }))
  if (value.kind === 'known') return { ...value, value: show(value.value), trail }
  return value.kind === 'unknown' ? { ...value, why: masking.text(value.why), trail } : { ...value, trail }
}

const showMaybe = (answer: Maybe, masking: Masking): Maybe =>
  typeof answer === 'string'
    ? answer
    : unknown(
        masking.text(answer.why),
        answer.trail.map((label) => showLabel(label, masking)),
      )

function showRead({ name, value, ...rest }: ContractVariable, masking: Masking): ContractVariable {
  return {
    ...rest,
    name: masking.text(name),
    default: rest.default === undefined ? undefined : showValue(name, rest.default, masking),
    value: showKnown(value, masking, (text) => showValue(name, text, masking)),
    reads: rest.reads.map((label) => showLabel(label, masking)),
  }
}

/** What containers say of a key, with the secrets masked. */
export const showAnswers = (answers: readonly WhyAnswer[], masking: Masking): Shown<readonly WhyAnswer[]> =>
  asShown(
    answers.map(({ page, paths }) => ({
      page,
      paths: paths.map(({ path, value, writes }) => ({
        path: path.map(masking.text),
        value: value && showConfig(value, masking, path.at(-1)),
        writes: writes.map((write) => ({
          ...write,
          path: write.path.map(masking.text),
          span: showSpan(write.span, masking),
          value: showConfig(write.value, masking, write.path.at(-1)),
        })),
      })),
    })),
  )
