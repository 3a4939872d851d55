import type { Known } from '../../../text/known.ts'
import { type CallContext, raise, type StdTable } from '../values/types.ts'
import { atom, binary, boolean, list, tuple, type Value } from '../values/value.ts'
import { functions, unmodelled } from './define.ts'
import { pathOf } from './text/path.ts'

/** The text of a file; undefined where there is surely none. */
function read(context: CallContext, path: string): string | undefined {
  const file = context.readFile(path)
  return file.kind === 'unknown' ? unmodelled(file.why) : file.kind === 'known' ? file.value : undefined
}

const certain = (known: Known<boolean>): boolean =>
  known.kind === 'unknown' ? unmodelled(known.why) : known.kind === 'known' && known.value

/** Raises File.Error for a file that is not there. */
function missing(action: string, path: string): never {
  return raise('File.Error', `could not ${action} "${path}": no such file or directory`, {
    action: binary(action),
    path: binary(path),
    reason: atom('enoent'),
  })
}

const noFile = tuple([atom('error'), atom('enoent')])
const isAbsent = (context: CallContext, path: string): boolean => {
  const there = context.exists(path)
  return there.kind === 'known' ? !there.value : there.kind === 'unset'
}
const written = (): Value => unmodelled('it writes to the file system')

/** `File` as far as it reads what is in view. */
export const fileFunctions: StdTable = {
  ...functions('File', 'boolean', {
    'exists?/1': (context, path) => boolean(certain(context.exists(pathOf(context, path)))),
    'exists?/2': (context, path) => boolean(certain(context.exists(pathOf(context, path)))),
    'regular?/1': (context, path) => boolean(read(context, pathOf(context, path)) !== undefined),
    'regular?/2': (context, path) => boolean(read(context, pathOf(context, path)) !== undefined),
    'dir?/1': (context, path) => {
      const own = pathOf(context, path)
      if (isAbsent(context, own)) return boolean(false)
      const file = context.readFile(own)
      return file.kind === 'known' ? boolean(false) : unmodelled('the folder is not here')
    },
  }),
  ...functions('File', 'term', {
    'read/1': (context, path) => {
      const text = read(context, pathOf(context, path))
      return text === undefined ? noFile : tuple([atom('ok'), binary(text)])
    },
    'read!/1': (context, path) => {
      const own = pathOf(context, path)
      const text = read(context, own)
      return text === undefined ? missing('read file', own) : binary(text)
    },
    'stream!/1': (context, path) => {
      const own = pathOf(context, path)
      const text = read(context, own)
      if (text === undefined) return missing('stream', own)
      return list((text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => binary(line)))
    },
    'stat/1': (context, path) =>
      isAbsent(context, pathOf(context, path)) ? noFile : unmodelled('what the file is like is not known'),
    'stat!/1': (context, path) =>
      isAbsent(context, pathOf(context, path))
        ? missing('read file stats', pathOf(context, path))
        : unmodelled('what the file is like is not known'),
    'ls/1': (context, path) =>
      isAbsent(context, pathOf(context, path)) ? noFile : unmodelled('the files of the folder are not known'),
    'ls!/1': (context, path) =>
      isAbsent(context, pathOf(context, path))
        ? missing('list directory', pathOf(context, path))
        : unmodelled('the files of the folder are not known'),
    'cwd!/0': (context) => binary(context.workingDirectory),
    'cwd/0': (context) => tuple([atom('ok'), binary(context.workingDirectory)]),
    'write/2': written,
    'write!/2': written,
    'mkdir_p/1': written,
    'mkdir_p!/1': written,
  }),
  ...functions(':file', 'any', {
    'read_file/1': (context, path) => {
      const text = read(context, pathOf(context, path))
      return text === undefined ? noFile : tuple([atom('ok'), binary(text)])
    },
  }),
}
