import { isString, textNode, valueAt, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import type { HealthCheck, TracedText } from '../service-types.ts'
import { formatDuration, parseDuration } from './durations.ts'
import { flagAt, numberAt, scalarsOf, textAt, traced } from './values.ts'

/** The health check of a service; undefined where none is written. */
export function healthCheckOf(node: YamlNode | undefined): HealthCheck | undefined {
  if (node?.kind !== 'map') return undefined
  return {
    test: testOf(valueAt(node, 'test')),
    disable: flagAt(node, 'disable'),
    interval: durationAt(node, 'interval'),
    timeout: durationAt(node, 'timeout'),
    startPeriod: durationAt(node, 'start_period'),
    startInterval: durationAt(node, 'start_interval'),
    retries: numberAt(node, 'retries'),
    span: node.span,
  }
}

function testOf(node: YamlNode | undefined): readonly TracedText[] | undefined {
  if (isString(node)) return [traced(textNode('CMD-SHELL', node.span)), traced(node)]
  return node?.kind === 'list' ? scalarsOf(node).map(traced) : undefined
}

function durationAt(map: YamlMap, key: string): string | undefined {
  const value = parseDuration(textAt(map, key) ?? 'none')
  return value === undefined ? undefined : formatDuration(value)
}
