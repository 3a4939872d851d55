import { expandPath } from '../../values/paths.ts'
import { type CallContext, noClause, type StdTable } from '../../values/types.ts'
import { atom, binary, list, type Value } from '../../values/value.ts'
import { functions, itemsOf, textOr, unmodelled } from '../define.ts'
import { charlistText } from './chars.ts'

/** A path, which may be a binary or a charlist. */
export function pathOf(context: CallContext, value: Value): string {
  if (value.kind === 'list') return charlistText(context, value)
  return textOr(value, () => noClause('IO.chardata_to_string/1'))
}

/** `Path.join/2`: the left as it is, the right without doubled slashes and one at its end. */
function join(left: string, right: string): string {
  const added = parts(right)
    .filter((part) => part !== '/')
    .join('/')
  if (left === '') return added
  if (left === '/') return `/${added}`
  const start = left.endsWith('/') ? left.slice(0, -1) : left
  return added === '' ? start : `${start}/${added}`
}

function tidy(path: string): string {
  const single = path.replace(/\/{2,}/g, '/')
  return single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single
}

function expand(context: CallContext, path: string, directory: string): string {
  if (path === '~' || path.startsWith('~/')) {
    const home = context.env('HOME')
    if (home.kind !== 'known') return unmodelled('the home directory is not known')
    return expandPath(home.value + path.slice(1), context.workingDirectory)
  }
  return expandPath(path, directory)
}

const parts = (path: string): readonly string[] => {
  const named = path.split('/').filter((part) => part !== '')
  return path.startsWith('/') ? ['/', ...named] : named
}

const basename = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '')
    .at(-1) ?? ''

function dirname(path: string): string {
  const at = path.lastIndexOf('/')
  if (at < 0) return '.'
  const trimmed = path.slice(0, at).replace(/(?<!\/)\/+$/, '')
  return trimmed === '' && path.startsWith('/') ? '/' : trimmed === '' ? '.' : trimmed
}

function extname(path: string): string {
  const name = basename(path)
  const at = name.lastIndexOf('.')
  return at <= 0 ? '' : name.slice(at)
}

function relativeTo(path: string, directory: string): string {
  const [own, base] = [parts(path), parts(directory)]
  if (!base.every((part, index) => own[index] === part)) return path
  const rest = own.slice(base.length)
  return rest.length === 0 ? (own.length === base.length ? '.' : path) : rest.join('/')
}

const relative = (path: string): string => {
  const rest = parts(path).filter((part) => part !== '/')
  return rest.length === 0 ? '.' : rest.join('/')
}

/** `Path`. */
export const pathFunctions: StdTable = {
  ...functions('Path', 'binary', {
    'join/1': (context, value) => {
      const paths = itemsOf(context, value, () => noClause('Path.join/1')).map((one) => pathOf(context, one))
      const [first, ...rest] = paths
      if (first === undefined) return noClause('Path.join/1')
      return binary(rest.length === 0 ? first : rest.reduce(join, first))
    },
    'join/2': (context, left, right) => binary(join(pathOf(context, left), pathOf(context, right))),
    'expand/1': (context, path) => binary(expand(context, pathOf(context, path), context.workingDirectory)),
    'expand/2': (context, path, directory) =>
      binary(
        expand(context, pathOf(context, path), expand(context, pathOf(context, directory), context.workingDirectory)),
      ),
    'absname/1': (context, path) => binary(absolute(pathOf(context, path), context.workingDirectory)),
    'absname/2': (context, path, directory) => binary(absolute(pathOf(context, path), pathOf(context, directory))),
    'basename/1': (context, path) => binary(basename(pathOf(context, path))),
    'basename/2': (context, path, extension) => {
      const name = basename(pathOf(context, path))
      const end = pathOf(context, extension)
      return binary(end !== '' && name.endsWith(end) ? name.slice(0, name.length - end.length) : name)
    },
    'dirname/1': (context, path) => binary(dirname(pathOf(context, path))),
    'extname/1': (context, path) => binary(extname(pathOf(context, path))),
    'rootname/1': (context, path) => {
      const own = pathOf(context, path)
      return binary(own.slice(0, own.length - extname(own).length))
    },
    'rootname/2': (context, path, extension) => {
      const [own, end] = [pathOf(context, path), pathOf(context, extension)]
      return binary(extname(own) === end ? own.slice(0, own.length - end.length) : own)
    },
    'relative_to/2': (context, path, directory) =>
      binary(relativeTo(pathOf(context, path), pathOf(context, directory))),
    'relative_to_cwd/1': (context, path) => binary(relativeTo(pathOf(context, path), context.workingDirectory)),
    'relative/1': (context, path) => binary(relative(pathOf(context, path))),
  }),
  ...functions('Path', 'list', {
    'split/1': (context, path) => list(parts(pathOf(context, path)).map((part) => binary(part))),
  }),
  ...functions('Path', 'atom', {
    'type/1': (context, path) => atom(pathOf(context, path).startsWith('/') ? 'absolute' : 'relative'),
  }),
  ...functions(':filename', 'any', {
    'join/2': (context, left, right) => binary(join(pathOf(context, left), pathOf(context, right))),
    'basename/1': (context, path) =>
      path.kind === 'binary'
        ? binary(basename(path.text))
        : unmodelled(`the charlist ${pathOf(context, path)} is not followed`),
    'dirname/1': (context, path) =>
      path.kind === 'binary'
        ? binary(dirname(path.text))
        : unmodelled(`the charlist ${pathOf(context, path)} is not followed`),
  }),
}

const absolute = (path: string, directory: string): string => tidy(path.startsWith('/') ? path : `${directory}/${path}`)
