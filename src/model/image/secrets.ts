import type { SavedImage } from '../../files/image/types.ts'
import { isKeyword, pairKey } from '../../languages/elixir/values/map.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { type Span, wholeOf } from '../../text/source.ts'
import { secretsOfEnvFile } from '../secrets/env-file-secrets.ts'
import { secretsOfText } from '../secrets/file-secrets.ts'
import { secretsOfScript } from '../secrets/script-secrets.ts'
import { isEnvFile, isKeyFile } from '../secrets/secret-files.ts'
import { isSecretName, secretIn } from '../secrets/secret-look.ts'
import { sourceOf, textOfEntry } from './place.ts'

const deepestKey = 12

/** The ranges of sys.config that hold secrets: whole values, which a release writes as numbers of bytes. */
export function secretsOfSysConfig(value: Value, key = '', depth = 0): readonly Span[] {
  if (depth > deepestKey) return []
  const inside = (items: readonly Value[]) => items.flatMap((item) => secretsOfSysConfig(item, key, depth + 1))
  switch (value.kind) {
    case 'binary':
      return isSecret(key, value.text) ? (value.trail ?? []).map(({ span }) => span) : []
    case 'list':
      return isKeyword(value)
        ? value.items.flatMap((pair) =>
            pair.items[1] ? secretsOfSysConfig(pair.items[1], pairKey(pair), depth + 1) : [],
          )
        : inside(value.items)
    case 'tuple':
      return inside(value.items)
    case 'map':
      return value.entries.flatMap(([name, item]) => {
        const own = name.kind === 'atom' ? name.name : name.kind === 'binary' ? name.text : key
        return secretsOfSysConfig(item, own, depth + 1)
      })
    default:
      return []
  }
}

/** The ranges of secrets in the texts of an image, those of files that a later layer removes as well. */
export function secretsOfFiles(image: SavedImage): readonly Span[] {
  const entries = [...image.files.values(), ...image.gone.map(({ entry }) => entry)]
  return entries.flatMap((entry): readonly Span[] => {
    if (textOfEntry(entry) === undefined || /\.(config|json|rel)$/.test(entry.path)) return []
    const source = sourceOf(image, entry)
    if (isKeyFile(entry.path)) return [wholeOf(source)]
    const written = [
      ...(isEnvFile(entry.path) ? secretsOfEnvFile(source) : []),
      ...(/\.exs$/.test(entry.path) ? secretsOfScript(source) : secretsOfText(source)),
    ]
    return written.map(({ value }) => value)
  })
}

const isSecret = (key: string, text: string): boolean =>
  text !== '' && (isSecretName(key) || secretIn(key, text) !== undefined)
