import manifest from '../../package.json' with { type: 'json' }

/** The version of docker-gotchas. */
export const version: string = manifest.version

/** Names what this program is made of, so that what one wrote down is not taken for the word of another; the build writes it. */
export const build = 'build-0000000000000000'
