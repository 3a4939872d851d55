import Ajv from 'ajv'

const ajv = new Ajv({ allErrors: true })
const text = { type: 'string', minLength: 1 }
const count = { type: 'integer', minimum: 1 }
const object = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const lines = object({ path: { ...text, pattern: '^(?!/|\\./)' }, lines: object({ begin: count, end: count }) })

/** An issue, as the specification of Code Climate's engines and the documentation of GitLab's code quality have it. */
const issueFields = {
  type: { const: 'issue' },
  check_name: text,
  description: { ...text, pattern: '^[^\\r\\n]+$' },
  content: object({ body: text }),
  categories: {
    type: 'array',
    minItems: 1,
    items: {
      enum: ['Bug Risk', 'Clarity', 'Compatibility', 'Complexity', 'Duplication', 'Performance', 'Security', 'Style'],
    },
  },
  severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
  fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
  location: lines,
  trace: object({ locations: { type: 'array', minItems: 1, items: lines } }),
}
const issue = object(
  issueFields,
  Object.keys(issueFields).filter((name) => name !== 'trace'),
)

const place = object({ line: count, column: count })
const range = object({ start: place, end: place })
const location = object({ path: text, range })

/** What `reviewdog -f=rdjson` reads: DiagnosticResult of its rdf.proto. */
const rdjson = object({
  source: object({ name: text }),
  diagnostics: {
    type: 'array',
    items: object(
      {
        message: text,
        location,
        severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
        code: object({ value: text, url: { type: 'string', format: 'uri' } }, ['value']),
        suggestions: { type: 'array', items: object({ range, text: { type: 'string' } }) },
        related_locations: { type: 'array', items: object({ message: { type: 'string' }, location }) },
      },
      ['message', 'location', 'severity', 'code'],
    ),
  },
})

const sonarPlace = object({
  message: { type: 'string' },
  filePath: text,
  textRange: {
    ...object({ startLine: count, endLine: count, startColumn: { type: 'integer', minimum: 0 }, endColumn: count }, [
      'startLine',
      'endLine',
    ]),
    dependencies: { startColumn: ['endColumn'], endColumn: ['startColumn'] },
  },
})

/** Generic issues of SonarQube 10.3 and newer, as its documentation lists their fields. */
const sonarqube = object({
  rules: {
    type: 'array',
    items: object({
      id: text,
      name: text,
      description: text,
      engineId: text,
      cleanCodeAttribute: {
        enum: ['CLEAR', 'COMPLETE', 'CONVENTIONAL', 'DISTINCT', 'EFFICIENT', 'FOCUSED', 'FORMATTED'].concat([
          ...['IDENTIFIABLE', 'LAWFUL', 'LOGICAL', 'MODULAR', 'RESPECTFUL', 'TESTED', 'TRUSTWORTHY'],
        ]),
      },
      type: { enum: ['BUG', 'VULNERABILITY', 'CODE_SMELL'] },
      severity: { enum: ['BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO'] },
      impacts: {
        type: 'array',
        minItems: 1,
        items: object({
          softwareQuality: { enum: ['SECURITY', 'RELIABILITY', 'MAINTAINABILITY'] },
          severity: { enum: ['HIGH', 'MEDIUM', 'LOW', 'BLOCKER', 'INFO'] },
        }),
      },
    }),
  },
  issues: {
    type: 'array',
    items: object(
      { ruleId: text, primaryLocation: sonarPlace, secondaryLocations: { type: 'array', items: sonarPlace } },
      ['ruleId', 'primaryLocation'],
    ),
  },
})

const codacy = object({ filename: text, patternId: text, message: text, line: count })

const compiled = {
  issue: ajv.compile(issue),
  issues: ajv.compile({ type: 'array', items: issue }),
  rdjson: ajv.compile(rdjson),
  sonarqube: ajv.compile(sonarqube),
  codacy: ajv.compile(codacy),
}

/** What is wrong with a value by a schema; nothing where it is valid. */
export function problemsOf(schema: keyof typeof compiled, value: unknown): readonly string[] {
  const validate = compiled[schema]
  validate(value)
  return (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`)
}
