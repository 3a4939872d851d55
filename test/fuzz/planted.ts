import { badOf, goodOf } from '../../src/rules/example.ts'
import { rules } from '../../src/rules/index.ts'
import type { Texts } from '../../src/text/example.ts'
import { oneWays, patterns } from '../cases.ts'
import { bases, type SmallProject, samples } from '../folders.ts'

/** Mistakes for a sample that have nothing to do with each other: each stands for the one text of a file. */
type Mistake = readonly [path: string, text: string, mistake: string]

const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  'mended-shop': [
    ['config/prod.exs', 'level: :info', 'level: :debug'],
    ['compose.yaml', '      LOG_LEVEL: info\n', ''],
    ['lib/shop_web/controllers/health_controller.ex', '|> put_status(:service_unavailable)\n', '\n'],
    ['config/runtime.exs', '|| "4000")', '|| "4000", 10)'],
  ],
  'blog-on-alpine': [
    ['config/prod.exs', 'level: :info', 'level: :debug'],
    ['Dockerfile', 'USER app\n', ''],
    ['Dockerfile', 'ENV MIX_ENV=prod LANG', 'ENV API_TOKEN=k3J9xQ2vB7nM4pL8wZ1c MIX_ENV=prod LANG'],
  ],
  'api-only': [
    ['config/config.exs', 'level: if(config_env() == :prod, do: :info, else: :debug)', 'level: :debug'],
    ['Dockerfile', 'USER nobody\n', ''],
  ],
  umbrella: [
    ['config/prod.exs', 'level: :info', 'level: :debug'],
    ['config/runtime.exs', 'System.fetch_env!("PHX_HOST")', '"localhost"'],
    ['Dockerfile', 'USER nobody\n', ''],
  ],
  'store-of-two-apps': [
    ['config/prod.exs', 'level: :info', 'level: :debug'],
    ['compose.yaml', 'PHX_HOST: store.acme-tools.org', 'PHX_HOST: localhost'],
  ],
  ...Object.fromEntries(
    ['assets', 'health', 'phoenix', 'repo'].map((base): [string, readonly Mistake[]] => [
      base,
      [
        ['config/config.exs', 'level: :info', 'level: :debug'],
        ['Dockerfile', 'USER nobody\n', ''],
      ],
    ]),
  ),
  'first-deploy': [],
  'lone-dockerfile': [],
}

/** A project, and the same with mistakes in it: alike where it is as it is. */
export interface Planted {
  readonly name: string
  readonly good: Texts
  readonly texts: Texts
}

const planted = ({ name, texts }: SmallProject): Planted => {
  const changed: Record<string, string> = { ...texts }
  for (const [path, text, mistake] of mistakes[name] ?? []) {
    const [before, after, ...more] = (changed[path] ?? '').split(text)
    if (after === undefined || more.length > 0) throw new Error(`${name}: \`${text}\` must be once in ${path}`)
    changed[path] = `${before}${mistake}${after}`
  }
  return { name, good: texts, texts: changed }
}

/** The samples. */
export const plantedSamples: readonly Planted[] = samples.map(planted)

/** The projects of which examples and cases are changes. */
export const plantedBases: readonly Planted[] = bases.map(planted)

const asItIs = (name: string, texts: Texts): Planted => ({ name, good: texts, texts })

/** The examples of all rules, which hang together: what is said of one part may rest on another. */
export const plantedExamples: readonly Planted[] = rules.flatMap(({ id, examples }) =>
  examples.map((one) => ({ name: `${id}: ${one.title}`, good: goodOf(one).texts, texts: badOf(one).texts })),
)

/** The patterns, and the good projects that are changed in one way. */
export const plantedCases: readonly Planted[] = [...patterns, ...oneWays].flatMap(({ name, cases }) =>
  cases.map((one) => asItIs(`${name}: ${one.title}`, one.project().texts)),
)
