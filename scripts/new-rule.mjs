// `npm run new-rule ID [GOTCHA]` begins a rule: a file that is green as it stands, a case, and its line in the list of rules.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'zx'

const [id = '', gotcha = 'image'] = argv._
const file = `src/rules/${gotcha}/${id}.ts`
const cases = `test/rules/${id}.txt`

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
  stop('An id names the mistake in small letters: npm run new-rule secret-in-layer')
if (!existsSync(`src/rules/${gotcha}`)) stop(`There is no gotcha ${gotcha}: see the folders in src/rules.`)
if (existsSync(file)) stop(`${file} is there already.`)

const name = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
const index = 'src/rules/index.ts'
const lines = readFileSync(index, 'utf8').split('\n')
const above = lines.findIndex((line) => line === '' || pathIn(line) > `./${gotcha}/${id}.ts`)

writeFileSync(
  index,
  lines
    .toSpliced(above, 0, `import ${name} from './${gotcha}/${id}.ts'`)
    .join('\n')
    .replace(/\n\]\n$/, `\n  ${name},\n]\n`),
)
writeFileSync(file, rule())
writeFileSync(cases, someCases())
const made = [
  [file, `the rule, of the gotcha ${gotcha}: write your own in place of what stands there`],
  [cases, 'cases that a reader of its page would not want to see'],
  [index, 'has its line'],
]
const width = Math.max(...made.map(([path]) => path.length))

console.log(`${made.map(([path, what]) => `${path.padEnd(width)}  ${what}`).join('\n')}

What a rule may ask is in CONTRIBUTING.md, under "A rule".

Then:
  npx vitest run test/rules.test.ts -t ${id}       what the rule finds
  npx vitest run test/rules.test.ts -t ${id} -u    writes test/rules/${id}.out, which says all that users see: read it
  npx vitest run test/docs.test.ts -u              writes its page, the lists of rules and the schema of the settings
  npm run format && npm run check
and a line in CHANGELOG.md.`)

function stop(why) {
  console.error(why)
  process.exit(1)
}

function pathIn(line) {
  return /'(.*)'/.exec(line)?.[1] ?? ''
}

function rule() {
  return `import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: '${id}',
  gotcha: '${gotcha}',
  severity: 'warning',
  preview: true,
  summary: 'the app is killed where it should be asked to stop',
  incident: 'Requests that are under way break off at every deployment.',
  remedy: 'Take \`STOPSIGNAL\` away, or name \`SIGTERM\`',
  why: \`A container is stopped by the signal that \\\`STOPSIGNAL\\\` names. Erlang ends a release in order at \\\`SIGTERM\\\`; no
process hears of \\\`SIGKILL\\\`.\`,
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  examples: [
    {
      title: 'by its name',
      on: 'phoenix',
      bad: \`
        -- Dockerfile: USER nobody --
        USER nobody
        STOPSIGNAL SIGKILL
                   ^^^^^^^\`,
    },
    {
      title: 'by its number',
      on: 'phoenix',
      bad: \`
        -- Dockerfile: USER nobody --
        USER nobody
        STOPSIGNAL 9
                   ^\`,
    },
  ],
  *check({ deployments }) {
    for (const { ships } of deployments) {
      for (const instruction of ships?.stage.instructions ?? []) {
        if (instruction.keyword !== 'STOPSIGNAL') continue
        const { span } = instruction.word
        const signal = textOf(span)
        if (!/^(SIGKILL|9)$/.test(signal)) continue
        yield { message: \`the container is stopped by \\\`\${signal}\\\`, of which the app does not hear\`, span }
      }
    }
  },
})
`
}

function someCases() {
  return `on release

=== another signal
-- Dockerfile: USER nobody --
USER nobody
STOPSIGNAL SIGINT
`
}
