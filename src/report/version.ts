import manifest from '../../package.json' with { type: 'json' }

/** The version of docker-gotchas. */
export const version: string = manifest.version
