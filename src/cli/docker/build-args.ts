import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import { known, unset } from '../../text/known.ts'
import type { Io } from '../io/io.ts'

/** `--build-arg NAME=value`; without a value it is that of the shell (docker build reference). */
export const buildArgsOf = (args: readonly string[], { env }: Pick<Io, 'env'>): BuildArgs =>
  new Map(
    args.map((arg) => {
      const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(arg) ?? []
      const given = value ?? env[name]
      return [name, given === undefined ? unset() : known(given)]
    }),
  )
