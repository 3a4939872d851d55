import { type Known, known, unknown, unset } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { calledName } from '../syntax/module-name.ts'
import { expandPath } from '../values/paths.ts'
import type { CallContext } from '../values/types.ts'
import { binary, isNil, nil, type Value } from '../values/value.ts'
import { callFunction, callModule } from './apply.ts'
import { currentValue, readVariable } from './environment.ts'
import { isTrue, settled } from './fork.ts'
import { type Scope, spend } from './machine.ts'

/** What a standard function that is called at `span` may ask for. */
export function contextAt(scope: Scope, span: Span): CallContext {
  const { machine } = scope
  const { input } = machine
  const setVariable = (name: string, value: Value): void => {
    machine.state = { ...machine.state, environment: new Map([...machine.state.environment, [name, value]]) }
  }
  return {
    span,
    elixirVersion: machine.version,
    workingDirectory: input.workingDirectory,
    call: (fun, args) => callFunction(fun, args, scope, span),
    apply: (module, name, args) => callModule(calledName(module), name, args, scope, span),
    env: (name) => asKnown(settled(machine, readVariable(name, scope, span))),
    putEnv: (name, value) => setVariable(name, value === undefined ? nil : binary(value)),
    allEnv: () => allVariables(scope, span),
    readFile: (path) => {
      const file = input.file(expandPath(path, input.workingDirectory))
      return file.kind === 'known' ? known(file.value.text, file.trail) : file
    },
    exists: (path) => {
      const file = input.file(expandPath(path, input.workingDirectory))
      return file.kind === 'known' ? known(true) : file.kind === 'unset' ? known(false) : file
    },
    knowsAtom: (name) => machine.atoms.has(name),
    settled: (value) => settled(machine, value),
    isTrue: (value) => isTrue(scope, span, value),
    tick: (steps) => spend(machine, steps),
  }
}

function asKnown(value: Value): Known<string> {
  if (value.kind === 'binary') return known(value.text, value.trail ?? [])
  return isNil(value)
    ? unset(value.trail ?? [])
    : unknown(value.kind === 'unknown' ? value.why : 'it is not known', value.trail ?? [])
}

function allVariables(scope: Scope, span: Span): Known<ReadonlyMap<string, string>> {
  const { all } = scope.machine.input.environment
  if (!all) return unknown('not all environment variables are known')
  const names = new Set([...all.keys(), ...scope.machine.state.environment.keys()])
  const values = new Map<string, string>()
  for (const name of names) {
    const value = currentValue(name, scope, span)
    if (value.kind === 'binary') values.set(name, value.text)
  }
  return known(values)
}
