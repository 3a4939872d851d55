import type { Command } from './call/command.ts'
import { callIsWrong } from './io/io.ts'

/** Puts us among the plugins of Docker's command line, or takes us out. */
export const plugin: Command = {
  name: 'plugin',
  summary: 'install or uninstall `docker gotchas`, the plugin of Docker',
  operands: 'install|uninstall',
  description: [
    'Puts a link to this program into the folder of CLI plugins of this user: $DOCKER_CONFIG/cli-plugins, by default',
    '~/.docker/cli-plugins. Then `docker gotchas lint`, `docker gotchas build .` and `docker gotchas compose up` work.',
  ],
  flags: [{ name: 'force', summary: 'replace what is there, whatever it is' }],
  examples: [{ call: 'docker-gotchas plugin install', does: 'install it for this user' }],
  async run(call, io) {
    const [verb, ...more] = call.operands
    if (more.length > 0 || (verb !== 'install' && verb !== 'uninstall')) {
      return callIsWrong(io, 'say `install` or `uninstall`', 'plugin')
    }
    const { installPlugin, uninstallPlugin } = await import('./docker/install.ts')
    return verb === 'install' ? installPlugin(call.has('force'), io) : uninstallPlugin(io)
  },
}
