import { asList, asObject, asText, asTexts, type Json } from './json.ts'
import type { ImageConfig } from './types.ts'

/** The config of an image from its JSON; what is absent or of a wrong type is left out. */
export function configOf(json: Json): ImageConfig {
  const config = asObject(json.config) ?? {}
  const health = asObject(config.Healthcheck)
  const test = asTexts(health?.Test)
  return {
    env: asTexts(config.Env) ?? [],
    entrypoint: filled(asTexts(config.Entrypoint)),
    cmd: filled(asTexts(config.Cmd)),
    shell: filled(asTexts(config.Shell)),
    user: asText(config.User),
    workingDir: asText(config.WorkingDir),
    exposed: Object.keys(asObject(config.ExposedPorts) ?? {}),
    healthcheck: test && test.length > 0 ? { test } : undefined,
    labels: new Map(
      Object.entries(asObject(config.Labels) ?? {}).flatMap(([name, value]) =>
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
