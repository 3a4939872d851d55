import { settled } from '../evaluate/fork.ts'
import { note, type OwnFunction } from '../evaluate/machine.ts'
import { unknownFrom } from '../values/one-of.ts'
import { expandPath } from '../values/paths.ts'
import { noClause, raise } from '../values/types.ts'
import { nil, tuple, unknownValue, type Value } from '../values/value.ts'
import { loadScript } from './load.ts'

/** What comes of loading a file: what `gives` makes of the value of its last expression. */
const loading =
  (gives: (value: Value) => Value): OwnFunction =>
  ([given = nil, relative], scope, span) => {
    const { machine } = scope
    const [path, base] = [settled(machine, given), relative ? settled(machine, relative) : undefined]
    if (path.kind !== 'binary')
      return path.kind === 'unknown' ? gives(unknownFrom([path], 'any')) : noClause('Code.require_file/2')
    const full = expandPath(
      path.text,
      base?.kind === 'binary' ? expandPath(base.text, machine.input.workingDirectory) : machine.input.workingDirectory,
    )
    const file = machine.input.file(full)
    if (file.kind === 'unset') return raise('Code.LoadError', `could not load ${full}. Reason: enoent`)
    if (file.kind === 'unknown' || machine.loading.includes(full)) {
      note(machine, span, file.kind === 'unknown' ? file.why : 'the file loads itself')
      return gives(unknownValue('the file is not here'))
    }
    return gives(loadScript(full, scope, span))
  }

const loadFile = loading(() => unknownValue('compiled modules are not modelled', 'list'))

/** `Code.eval_file`: `{value, bindings}`. */
const evaluateFile = loading((value) => tuple([value, unknownValue('the variables of a file are not kept', 'list')]))

/** The functions of `Code` that load another file. */
export const fileFunctions: Readonly<Record<string, OwnFunction>> = {
  'Code.require_file/1': loadFile,
  'Code.require_file/2': loadFile,
  'Code.eval_file/1': evaluateFile,
  'Code.eval_file/2': evaluateFile,
  'Code.compile_file/1': loadFile,
  'Code.compile_file/2': loadFile,
}
