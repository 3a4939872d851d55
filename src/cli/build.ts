import type { Command } from './call/command.ts'
import { callIsWrong } from './io/io.ts'

/** Checks, builds by docker, and checks the image. */
export const build: Command = {
  name: 'build',
  summary: 'check, then `docker build`, then check the image',
  operands: '[--fail-on SEVERITY] [flags of docker build] PATH',
  description: [
    'Checks the very context, Dockerfile, target and build arguments, and stops where there is an error. Else',
    '`docker build` runs with the same flags, and the image that comes out is checked as `image` does it.',
    'As a plugin of Docker (see `docker-gotchas plugin`): `docker gotchas build …`.',
    'Exit codes: 1 findings (see --fail-on; default: error) · 2 the call is wrong · else that of `docker build`',
  ],
  flags: [],
  examples: [
    { call: 'docker-gotchas build -t shop .', does: 'build an image that has none of the gotchas' },
    {
      call: 'docker-gotchas build --fail-on warning --target run -f ops/Dockerfile .',
      does: 'stop at warnings as well',
    },
  ],
  passesOn: true,
  async run(call, io) {
    const [{ checkedBuild }, { failOnIsWrong, takeFailOn }, { buildFlags }] = await Promise.all([
      import('./docker/build.ts'),
      import('./docker/fail-on.ts'),
      import('./docker/flags.ts'),
    ])
    const asked = takeFailOn(call.operands, buildFlags, true)
    return asked ? checkedBuild(asked, io) : callIsWrong(io, failOnIsWrong, 'build')
  },
}
