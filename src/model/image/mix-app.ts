import type { SavedImage } from '../../files/image/types.ts'
import type { Span } from '../../text/source.ts'
import { type MixApp, unseenApp } from '../phoenix/mix.ts'
import { newestElixir } from '../phoenix/versions.ts'
import { headOf } from './place.ts'
import type { ImageRelease } from './release.ts'

/** The folder of the Mix project in the stage that built a release: it is in no image. */
export const projectFolder = '(project)'

/** The Mix project that a release was made of, as far as the release tells: its name, version and applications. */
export function appOfRelease(release: ImageRelease, saved: SavedImage): MixApp {
  const { name, version, apps, rel } = release
  const packages = new Map([...apps].filter(([app]) => app !== name && isName(app)))
  return {
    ...unseenApp,
    folder: projectFolder,
    version,
    versions: {
      elixir: /^\d+\.\d+\.\d+/.exec(apps.get('elixir') ?? '')?.[0] ?? newestElixir,
      locked: (app) => packages.get(app),
      hasLock: true,
    },
    name: isName(name) ? name : 'app',
    deps: rel ? [...packages.keys()].map((app) => ({ ...ofRelease, name: app, span: headOf(saved, rel) })) : [],
    ownProviders: doubtIn(release, saved),
  }
}

/** What a release does not say of its packages. */
const ofRelease = { only: undefined, git: undefined, misspelt: [] }

const isName = (app: string): boolean => /^[a-z]\w*$/.test(app)

/** What makes the config at the start another than what can be seen: a provider of the app's own, or a missing runtime.exs. */
const doubtIn = ({ providers, runtime, sysConfig }: ImageRelease, saved: SavedImage): Span | undefined =>
  providers.own ?? (providers.runtime && !runtime && sysConfig ? headOf(saved, sysConfig) : undefined)
