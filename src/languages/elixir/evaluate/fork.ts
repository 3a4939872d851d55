import type { Span } from '../../../text/source.ts'
import { type Choice, manyIdentity, whetherTrue } from '../values/identity.ts'
import { alternativesCount, oneOf, resolve, resolveAll } from '../values/one-of.ts'
import { ElixirError } from '../values/types.ts'
import { truthOf, type Value } from '../values/value.ts'
import { joinConfigs } from './config-merge.ts'
import { ask } from './deciding.ts'
import { type ConfigGuard, freshChoice, type Machine, type Scope, type State, spend } from './machine.ts'

/**
 * Thrown where the evaluation needs the outcome of a choice that is open; `settle` tries all of them. It is no Error,
 * since so many are thrown that their stack traces would take most of the time.
 */
export class Undecided {
  readonly message: string
  readonly choice: Choice
  readonly count: number
  /** Only a `try` may settle it, since one of the outcomes stops inside of it. */
  readonly lifted: boolean
  constructor(choice: Choice, count: number, why: string, lifted = false) {
    this.message = why
    this.choice = choice
    this.count = count
    this.lifted = lifted
  }
}

/** The outcome of a choice, if this branch has one. */
export function decide(machine: Machine, choice: Choice, count: number, why: string): number {
  const outcome = machine.state.decided.get(choice.key)
  if (outcome === undefined) throw new Undecided(choice, count, why)
  return outcome
}

/** The value as this branch has it; where it is a `oneOf`, the choice is to be settled first. */
export function settled(machine: Machine, value: Value): Exclude<Value, { kind: 'oneOf' }> {
  const result = resolve(machine.state.decided, value)
  if (result.kind !== 'oneOf') return result
  throw new Undecided(result.choice, result.values.length, result.why)
}

/** Whether `value` is true. Throws Undecided where that is not known. */
export function isTrue(scope: Scope, span: Span, value: Value): boolean {
  const truth = truthIn(scope, span, value)
  ask(scope.machine, value, truth)
  return truth
}

function truthIn({ machine }: Scope, span: Span, value: Value): boolean {
  const outer = resolve(machine.state.decided, value)
  const known = truthOf(outer)
  if (typeof known === 'string') return known === 'yes'
  const result = settled(machine, outer)
  const truth = truthOf(result)
  if (typeof truth === 'string') return truth === 'yes'
  const choice = result.kind === 'unknown' && result.id ? whetherTrue(result.id) : freshChoice(machine, span)
  return decide(machine, choice, 2, truth.why) === 0
}

/** Runs `run`; where it meets an open choice, runs it again for every outcome and joins what comes of it. */
export function settle(scope: Scope, span: Span, run: () => Value, isTry = false): Value {
  const before = snapshot(scope)
  try {
    return run()
  } catch (error) {
    if (!(error instanceof Undecided) || (error.lifted && !isTry)) throw error
    restore(scope, before)
    return fork(scope, span, error, () => settle(scope, span, run, isTry))
  }
}

interface Snapshot {
  readonly state: State
  readonly variables: Scope['variables']
  readonly writes: number
}
interface Branch {
  readonly index: number
  readonly value: Value
  readonly after: Snapshot
}

const snapshot = (scope: Scope): Snapshot => ({
  state: scope.machine.state,
  variables: scope.variables,
  writes: scope.machine.writes.length,
})

function restore(scope: Scope, to: Snapshot): void {
  scope.machine.state = to.state
  scope.variables = to.variables
  scope.machine.writes.length = Math.min(scope.machine.writes.length, to.writes)
}

/** What a fork in the app's code costs of the budget of its call. */
const stepsOfFork = 500

function fork(scope: Scope, span: Span, open: Undecided, run: () => Value): Value {
  const { machine } = scope
  if (machine.site) spend(machine, stepsOfFork)
  const before = snapshot(scope)
  const branches: Branch[] = []
  const crashes: { readonly index: number; readonly error: ElixirError }[] = []
  const guard: ConfigGuard = { span, why: open.message }
  for (let index = 0; index < open.count; index++) {
    const writes = machine.writes.length
    machine.state = {
      ...before.state,
      decided: new Map([...before.state.decided, [open.choice.key, index]]),
      guards: [...before.state.guards, guard],
    }
    scope.variables = before.variables
    try {
      branches.push({ index, value: run(), after: snapshot(scope) })
    } catch (error) {
      if (!(error instanceof ElixirError)) throw error
      machine.writes.length = Math.min(writes, machine.writes.length)
      crashes.push({ index, error })
    }
  }
  const [first] = crashes
  if (branches.length === 0 && first) {
    restore(scope, before)
    throw first.error
  }
  if (first && machine.tries > 0) {
    restore(scope, before)
    throw new Undecided(open.choice, open.count, open.message, true)
  }
  for (const { index, error } of crashes)
    tellCrash(machine, span, error, open.choice, index, [...before.state.guards, guard])
  return join(scope, before, open, branches)
}

function tellCrash(
  machine: Machine,
  span: Span,
  error: ElixirError,
  choice: Choice,
  index: number,
  guards: readonly ConfigGuard[],
): void {
  const missing = choice.of === 'env' && index === 0 ? choice.name : undefined
  machine.crashes.push({
    error: { ...error.crash, span: machine.site ?? error.crash.span ?? span },
    certainty: 'maybe',
    guards,
    ...(missing === undefined ? {} : { missing }),
  })
  if (missing === undefined) return
  for (const [at, read] of machine.reads.entries()) {
    if (read.name === missing) machine.reads[at] = { ...read, required: true }
  }
}

function join(scope: Scope, before: Snapshot, open: Undecided, branches: readonly Branch[]): Value {
  const { machine } = scope
  const [first] = branches
  if (!first) throw new Undecided(open.choice, open.count, open.message)
  if (branches.length === 1) {
    machine.state = { ...first.after.state, guards: before.state.guards }
    scope.variables = first.after.variables
    return first.value
  }
  const outcomes = allOutcomes(open.count, branches, first)
  const pick = (get: (branch: Branch) => Value): Value =>
    bounded(
      oneOf(
        open.choice,
        outcomes.map((branch) => resolveAll(branch.after.state.decided, get(branch))),
        open.message,
      ),
    )
  const states = branches.map((branch) => branch.after.state)
  const joinMaps = (get: (branch: Branch) => ReadonlyMap<string, Value>): ReadonlyMap<string, Value> => {
    const joined = new Map<string, Value>()
    for (const key of get(first).keys()) {
      if (branches.every((branch) => get(branch).has(key)))
        joined.set(
          key,
          pick((branch) => get(branch).get(key) ?? first.value),
        )
    }
    return joined
  }
  machine.state = {
    config: joinConfigs(
      open.choice,
      outcomes.map((branch) => branch.after.state.config),
      open.message,
    ),
    environment: joinMaps((branch) => branch.after.state.environment),
    applications: joinMaps((branch) => branch.after.state.applications),
    decided: before.state.decided,
    counter: Math.max(...states.map((state) => state.counter)),
    modules: new Map(states.flatMap((state) => [...state.modules])),
    required: new Set(states.flatMap((state) => [...state.required])),
    guards: before.state.guards,
  }
  scope.variables = joinMaps((branch) => branch.after.variables)
  return pick((branch) => branch.value)
}

/** A branch for every outcome; one that stopped is never looked at again and borrows the first. */
const allOutcomes = (count: number, branches: readonly Branch[], first: Branch): readonly Branch[] =>
  Array.from({ length: count }, (_, index) => branches.find((branch) => branch.index === index) ?? first)

function bounded(value: Value): Value {
  if (value.kind !== 'oneOf' || alternativesCount(value) <= 32) return value
  return { kind: 'unknown', why: value.why, type: 'any', id: manyIdentity(value.choice) }
}
