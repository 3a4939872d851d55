import type { Command } from './call/command.ts'
import { findingFlags } from './lint.ts'
import { maxSizeFlag } from './call/max-size.ts'

/** Passes a tar on only where nothing is found in it. */
export const gate: Command = {
  name: 'gate',
  summary: 'pass a build context or image on only where nothing is found',
  operands: '',
  description: [
    'Reads the tar of a build context, or with --image of saved images, from the standard input. Where nothing at or',
    'above --fail-on is found in it, its very bytes go to the standard output; else nothing does. The report goes to',
    'the standard error. While it is being read, the tar is kept in a private file, which is gone when the command ends.',
    'A tar that Docker and other programs may read in different ways is not passed on.',
    'Exit codes: 0 passed on · 1 findings (see --fail-on) · 2 the call is wrong · 3 not all could be read or passed on',
  ],
  flags: [
    ...findingFlags,
    { name: 'image', summary: 'it is what `docker save` writes, or an OCI layout' },
    { name: 'platform', value: 'PLATFORM', summary: 'with --image, such as linux/arm64, where it is for several' },
    { name: 'file', short: 'f', value: 'PATH', fallback: 'Dockerfile', summary: 'as `docker build -f`' },
    { name: 'target', value: 'STAGE', summary: 'as `docker build --target`' },
    { name: 'build-arg', value: 'NAME=VALUE', many: true, summary: 'as `docker build --build-arg`' },
    maxSizeFlag,
    { name: 'spool', value: 'FOLDER', summary: 'keep the tar in FOLDER (default: that of temporary files)' },
  ],
  examples: [
    { call: 'tar c . | docker-gotchas gate | docker build -', does: 'build only what has no findings' },
    { call: 'docker save shop | docker-gotchas gate --image | docker load', does: 'load only what has none' },
    { call: 'docker save shop | docker-gotchas gate --image | ssh host docker load', does: 'the same on another host' },
  ],
  async run(call, io) {
    const { passOn } = await import('./gate/pass.ts')
    return passOn(call, io)
  },
}
