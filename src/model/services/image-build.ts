import type { PlatformFile, PlatformName } from '../../languages/platforms/types.ts'
import { developmentWord, isProduction } from '../shipping/production.ts'
import { serviceBuild } from './called-services.ts'
import type { ServiceBuild } from './service.ts'

/** A build of an image that a workflow or a file of Bake calls for. What starts the image is named elsewhere, or nowhere. */
export interface ImageBuild {
  /** It as the subject of a sentence: "the image of the job `build`". */
  readonly subject: string
  readonly platform: PlatformName
  readonly build: ServiceBuild & { readonly dockerfile: string }
  /** The names that the image is given. */
  readonly tags: readonly string[]
}

/** The builds of files that make an image for production: it is sent to a registry, and nothing says that it is for tests. */
export const imageBuilds = (files: readonly PlatformFile[]): readonly ImageBuild[] =>
  files.flatMap(({ builds, platform }) =>
    builds.flatMap((one): readonly ImageBuild[] => {
      const build = { ...serviceBuild(one), dockerfile: one.dockerfile.path }
      return one.isPushed && !isForTests(build) ? [{ subject: one.subject, platform, build, tags: one.tags }] : []
    }),
  )

function isForTests({ target = '', dockerfile, args }: ImageBuild['build']): boolean {
  const mixEnv = args.get('MIX_ENV')
  const isOther = mixEnv?.kind === 'known' && !isProduction(mixEnv.value)
  return isOther || [target, dockerfile].some((name) => developmentWord(name) !== undefined)
}

/** The builds that make an image of a name, whatever its tag is. */
export const buildsOf = (image: string, builds: readonly ImageBuild[]): readonly ImageBuild[] =>
  builds.filter(({ tags }) => tags.some((tag) => withoutTag(tag) === withoutTag(image)))

const withoutTag = (image: string): string => image.replace(/[:@][^/]*$/s, '')
