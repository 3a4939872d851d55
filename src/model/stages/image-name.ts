import { oncePerText } from '../../text/once.ts'

/** The reference of an image, taken apart. */
export interface ImageName {
  /** Without the registry where it is a public one, and without `library/`: `debian`, `hexpm/elixir`, `distroless/cc-debian12`. */
  readonly repository: string
  /** `''` where the reference has none. */
  readonly tag: string
}

/** Reads `docker.io/library/debian:bookworm-slim@sha256:…`. */
export const imageNameOf = oncePerText((image): ImageName => {
  const [, name = '', tag = ''] = /^([^@]*?)(?::([^:/@]*))?(?:@.*)?$/.exec(image) ?? []
  const repository = name
    .replace(/^(docker\.io|index\.docker\.io|gcr\.io|cgr\.dev|registry\.access\.redhat\.com)\//, '')
    .replace(/^([\w.-]+\/)*library\//, '')
  return { repository, tag }
})
