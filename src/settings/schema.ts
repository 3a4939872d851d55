import { knownIds } from './ids.ts'
import type { Key, ObjectShape, SettingShape, TextShape } from './shape.ts'
import { settingsShape } from './shape.ts'

type SchemaJson = string | boolean | readonly SchemaJson[] | { readonly [key: string]: SchemaJson }

/** The JSON Schema (draft 7) of `.docker-gotchas.yaml`, for editors. */
export const settingsSchema = (): SchemaJson => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Settings of docker-gotchas',
  description: '.docker-gotchas.yaml. Paths are relative to its folder.',
  definitions: { rule: { enum: knownIds } },
  // An empty file is fine.
  anyOf: [objectSchema(settingsShape), { type: 'null' }],
})

function schemaOf(shape: SettingShape): SchemaJson {
  switch (shape.kind) {
    case 'text':
      return textSchema(shape)
    case 'object':
      return objectSchema(shape)
    case 'record':
      return {
        type: 'object',
        propertyNames: oneOf(shape.names),
        additionalProperties: schemaOf(shape.of),
      }
    default: {
      const list: SchemaJson = { type: 'array', items: schemaOf(shape.of) }
      return shape.orOne ? { anyOf: [schemaOf(shape.of), list] } : list
    }
  }
}

const textSchema = ({ choices, pattern }: TextShape): SchemaJson =>
  choices ? oneOf(choices) : { type: 'string', ...(pattern === undefined ? {} : { pattern }) }

const oneOf = (texts: readonly string[]): SchemaJson =>
  texts === knownIds ? { $ref: '#/definitions/rule' } : { enum: texts }

const objectSchema = ({ keys }: ObjectShape): SchemaJson => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keySchema(key)])),
  required: Object.keys(keys).filter((name) => keys[name]?.required),
  additionalProperties: false,
})

const keySchema = ({ shape, required, description }: Key): SchemaJson => ({
  description,
  ...(required ? { allOf: [schemaOf(shape)] } : { anyOf: [schemaOf(shape), { type: 'null' }] }),
})
