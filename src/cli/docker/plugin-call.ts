import { type DockerFlags, readDockerFlags } from './flags.ts'

/** How Docker's command line calls a plugin (docker/cli, "CLI Plugins"). */
export interface PluginCall {
  /** Docker's own flags before the name of the plugin, such as `--context prod`. */
  readonly globals: readonly string[]
  readonly argv: readonly string[]
}

const globalFlags: DockerFlags = {
  valued: ['config', 'context', 'c', 'host', 'H', 'log-level', 'l', 'tlscacert', 'tlscert', 'tlskey'],
}

/** The call where Docker started us as `docker gotchas …`; undefined where a person or script called us. */
export function pluginCall(argv: readonly string[]): PluginCall | undefined {
  const { operand = 0 } = readDockerFlags(argv, globalFlags)
  const globals = argv.slice(0, operand)
  const [first, second] = argv.slice(operand)
  if (first === 'gotchas') return { globals, argv: argv.slice(operand + 1) }
  return first === 'help' && second === 'gotchas' ? { globals, argv: ['help', ...argv.slice(operand + 2)] } : undefined
}

/** What Docker asks a plugin for its description with. */
export const metadataCall = 'docker-cli-plugin-metadata'

/** That description, as JSON. */
export const pluginMetadata = (version: string): string =>
  `${JSON.stringify({
    SchemaVersion: '0.1.0',
    Vendor: 'docker-gotchas',
    Version: version,
    ShortDescription: 'Find what will break a Phoenix release in production',
  })}\n`
