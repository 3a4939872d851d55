import Ajv from 'ajv'
import { loadAll } from 'js-yaml'
import { expect, it } from 'vitest'
import { readSettings } from '../../src/settings/read.ts'
import { settingsSchema } from '../../src/settings/schema.ts'

const isValid = new Ajv().compile(JSON.parse(JSON.stringify(settingsSchema())))
const accepts = (text: string) => readSettings({ path: '.docker-gotchas.yaml', text }).problems.length === 0

const good = [
  '',
  '# nothing but a comment\n',
  'null',
  '{}',
  'preset: strict',
  '$schema: node_modules/docker-gotchas/dist/settings.schema.json',
  'preset: "recommended"',
  'preset:',
  'fail-on: never',
  'fail-on: info',
  'rules: {host-unset: off}',
  'rules:\n  host-unset: "off"\n  secret-in-layer: info\n  ignore-unused: off\n  dockerfile-syntax: warning',
  'rules: {}',
  'rules:',
  'ignore: []',
  'ignore:\n  - rules: host-unset\n    paths: deploy/**',
  'ignore:\n  - rules: [host-unset, server-off]\n    paths: [a, "*.yaml", ./b]\n    reason: it is so',
  'ignore:\n  - rules: host-unset\n    paths: a\n    reason:',
  'production: Dockerfile.local',
  'production: [Dockerfile.local, "**/compose.e2e.yaml"]',
  'development: []',
  'service: web',
  'service: [web, worker]',
  'target: app',
  'provided: PHX_HOST',
  'provided:\n  - PHX_HOST\n  - _x1',
  'health: {path: /up}',
  'health:\n  path:',
  'health:',
  'baseline: known.json',
]
const bad = [
  '$schema: {a: b}',
  '[]',
  'strict',
  '5',
  'preset: strickt',
  'preset: [strict]',
  'preset: true',
  'Preset: strict',
  'fail-on: warnings',
  'fail-on: 1',
  'rules: off',
  'rules: [host-unset]',
  'rules: {no-such-rule: off}',
  'rules: {host-unset: of}',
  'rules: {host-unset: }',
  'rules: {host-unset: false}',
  'rules: {host-unset: {severity: off}}',
  'ignore: host-unset',
  'ignore: {rules: host-unset, paths: a}',
  'ignore: [host-unset]',
  'ignore: [{rules: host-unset}]',
  'ignore: [{paths: a}]',
  'ignore: [{rules: host-unset, paths: a, why: x}]',
  'ignore: [{rules: host-unset, paths: }]',
  'ignore: [{rules: , paths: a}]',
  'ignore: [{rules: host-unsett, paths: a}]',
  'ignore: [{rules: [host-unset, 5], paths: a}]',
  'ignore: [{rules: host-unset, paths: 5}]',
  'ignore: [{rules: host-unset, paths: ""}]',
  'ignore: [{rules: host-unset, paths: "../a"}]',
  'ignore: [{rules: host-unset, paths: "*a*a*a*a"}]',
  'ignore: [{rules: host-unset, paths: "**/**/**/**/**"}]',
  'ignore: [{rules: host-unset, paths: a, reason: ""}]',
  'ignore: [{rules: host-unset, paths: a, reason: [a]}]',
  'production: {a: b}',
  'production: [[a]]',
  'service: 5',
  'service: [web, 5]',
  'service: " "',
  'target: [app]',
  'provided: [PHX-HOST]',
  'provided: [PHX_HOST, 80]',
  'provided: {PHX_HOST: x}',
  'provided: [~]',
  'health: /up',
  'health: {path: up}',
  'health: {path: 5}',
  'health: {url: /up}',
  'baseline: 5',
  'baseline: [a]',
  'constructor: 1',
  'toString:',
]

it.each(good)('takes %j', (text) => {
  expect({ schema: isValid(loadAll(text)[0] ?? null), reader: accepts(text) }).toEqual({ schema: true, reader: true })
})

it.each(bad)('refuses %j', (text) => {
  expect({ schema: isValid(loadAll(text)[0] ?? null), reader: accepts(text) }).toEqual({ schema: false, reader: false })
})
