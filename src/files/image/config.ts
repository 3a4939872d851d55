import { asList, asObject, asText, asTexts, type Json } from './json.ts'
import type { ImageConfig } from './types.ts'

/** The config of an image from its JSON, names of fields in small letters (see `parseJson`); what is absent or of a wrong type is left out. */
export function configOf(json: Json): ImageConfig {
  const config = asObject(json.config) ?? {}
  const health = asObject(config.healthcheck)
  const test = asTexts(health?.test)
  return {
    env: asTexts(config.env) ?? [],
    entrypoint: filled(asTexts(config.entrypoint)),
    cmd: filled(asTexts(config.cmd)),
    shell: filled(asTexts(config.shell)),
    user: asText(config.user),
    workingDir: asText(config.workingdir),
    exposed: Object.keys(asObject(config.exposedports) ?? {}),
    healthcheck: test && test.length > 0 ? { test } : undefined,
    labels: new Map(
      Object.entries(asObject(config.labels) ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      ),
    ),
    history: asList(json.history).flatMap((line) => {
      const one = asObject(line)
      return one ? [{ createdBy: asText(one.created_by) ?? '', emptyLayer: one.empty_layer === true }] : []
    }),
  }
}

const filled = (words: readonly string[] | undefined): readonly string[] | undefined =>
  words && words.length > 0 ? words : undefined

/** Such as `linux/arm64/v8`. */
export function platformOf(json: Json | undefined): string | undefined {
  const [os, architecture, variant] = [asText(json?.os), asText(json?.architecture), asText(json?.variant)]
  if (os === undefined || architecture === undefined) return undefined
  return [os, architecture, ...(variant ? [variant] : [])].join('/')
}
