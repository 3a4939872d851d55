import { mapGet, mapOf, structName } from '../../values/map.ts'
import { noClause, raise, type StdTable } from '../../values/types.ts'
import { atom, binary, boolean, integer, list, nil, tuple } from '../../values/value.ts'
import { functions, textOf } from '../define.ts'
import { merge } from './uri-merge.ts'
import { newOf, optional, parse } from './uri-parse.ts'
import { decode, decodeQuery, encode, encodeForm, encodeQuery, pairsIn, reserved, unreserved } from './uri-query.ts'
import { schemePorts, uriText } from './uri-text.ts'

/** `URI`. */
export const uriFunctions: StdTable = {
  ...functions('URI', 'map', {
    'parse/1': (_, value) => parse(value),
    'new!/1': (_, value) => {
      const { uri, flaw, text } = newOf(value)
      return uri ?? raise('URI.Error', `cannot parse due to reason invalid_uri: "${flaw ?? text}"`)
    },
    'merge/2': (_, base, reference) => merge(base, reference),
    'decode_query/1': (_, value) => decodeQuery(value, mapOf([]), nil),
    'decode_query/2': (_, value, into) => decodeQuery(value, into, nil),
    'decode_query/3': (_, value, into, form) => decodeQuery(value, into, form),
    'append_query/2': (_, uri, query) => {
      if (uri.kind !== 'map' || structName(uri) !== 'Elixir.URI') return noClause('URI.append_query/2')
      const before = mapGet(uri, atom('query'))
      const added = textOf(query, 'URI.append_query/2')
      const joined =
        before?.kind === 'binary' && before.text !== '' ? `${before.text.replace(/&$/, '')}&${added}` : added
      return mapOf([...uri.entries, [atom('query'), binary(joined)]])
    },
    'append_path/2': (_, uri, path) => {
      if (uri.kind !== 'map' || structName(uri) !== 'Elixir.URI') return noClause('URI.append_path/2')
      const before = mapGet(uri, atom('path'))
      const added = textOf(path, 'URI.append_path/2')
      if (!added.startsWith('/') || added.startsWith('//'))
        return raise('ArgumentError', `path must start with "/", got: "${added}"`)
      return mapOf([
        ...uri.entries,
        [atom('path'), binary((before?.kind === 'binary' ? before.text.replace(/\/$/, '') : '') + added)],
      ])
    },
  }),
  ...functions('URI', 'tuple', {
    'new/1': (_, value) => {
      const { uri, flaw, text } = newOf(value)
      return uri ? tuple([atom('ok'), uri]) : tuple([atom('error'), binary(flaw ?? text)])
    },
  }),
  ...functions('URI', 'binary', {
    'to_string/1': (_, value) =>
      structName(value) === 'Elixir.URI' && value.kind === 'map'
        ? binary(uriText(value))
        : noClause('String.Chars.URI.to_string/1'),
    'encode/1': (_, value) =>
      binary(encode(textOf(value, 'URI.encode/2'), (char) => unreserved.test(char) || reserved.test(char))),
    'encode/2': (context, value, test) => {
      if (test.kind !== 'function') return noClause('URI.encode/2')
      return binary(
        encode(textOf(value, 'URI.encode/2'), (char) =>
          context.isTrue(context.call(test, [integer(char.charCodeAt(0))])),
        ),
      )
    },
    'encode_www_form/1': (_, value) => binary(encodeForm(textOf(value, 'URI.encode_www_form/1'))),
    'decode/1': (_, value) => binary(decode(textOf(value, 'URI.decode/1'), false)),
    'decode_www_form/1': (_, value) => binary(decode(textOf(value, 'URI.decode_www_form/1'), true)),
    'encode_query/1': (context, from) => binary(encodeQuery(context, from, nil)),
    'encode_query/2': (context, from, form) => binary(encodeQuery(context, from, form)),
  }),
  ...functions('URI', 'any', {
    'default_port/1': (_, scheme) => {
      const port = schemePorts[textOf(scheme, 'URI.default_port/1')]
      return port === undefined ? nil : integer(port)
    },
    'default_port/2': () => atom('ok'),
    'query_decoder/1': (_, value) =>
      list(pairsIn(textOf(value, 'URI.query_decoder/2')).map(([key, item]) => tuple([binary(key), optional(item)]))),
  }),
  ...functions('URI', 'boolean', {
    'char_unreserved?/1': (_, char) =>
      boolean(char.kind === 'integer' && unreserved.test(String.fromCodePoint(Number(char.value)))),
    'char_reserved?/1': (_, char) =>
      boolean(char.kind === 'integer' && reserved.test(String.fromCodePoint(Number(char.value)))),
    'char_unescaped?/1': (_, char) =>
      boolean(
        char.kind === 'integer' &&
          (reserved.test(String.fromCodePoint(Number(char.value))) ||
            unreserved.test(String.fromCodePoint(Number(char.value)))),
      ),
  }),
}
