import type { ImageConfig } from '../../files/image/types.ts'
import type { Source } from '../../text/source.ts'

/** The path under which the config of an image is shown. */
const configPath = 'image config'

/** The config of an image as the Dockerfile that says the same: people know how to read it, and so do the rules. */
export function configSource(config: ImageConfig): Source {
  const lines = [
    'FROM scratch',
    ...config.env.map(envLine),
    ...config.exposed.map((port) => `EXPOSE ${literal(port)}`),
    ...(config.workingDir ? [`WORKDIR ${literal(config.workingDir)}`] : []),
    ...(config.user ? [`USER ${literal(config.user)}`] : []),
    ...(config.shell ? [`SHELL ${JSON.stringify(config.shell)}`] : []),
    ...healthLines(config),
    ...(config.entrypoint ? [`ENTRYPOINT ${JSON.stringify(config.entrypoint)}`] : []),
    ...(config.cmd ? [`CMD ${JSON.stringify(config.cmd)}`] : []),
  ]
  return { path: configPath, text: `${lines.map(oneLine).join('\n')}\n` }
}

function envLine(pair: string): string {
  const equals = pair.indexOf('=')
  const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
  const isPlain = /^[\w./:@%+,=-]+$/.test(value)
  return `ENV ${name}=${isPlain ? value : `"${value.replace(/["\\$]/g, '\\$&')}"`}`
}

function healthLines({ healthcheck }: ImageConfig): readonly string[] {
  const [form = '', ...words] = healthcheck?.test ?? []
  if (form === 'NONE') return ['HEALTHCHECK NONE']
  if (form === 'CMD') return [`HEALTHCHECK CMD ${JSON.stringify(words)}`]
  if (form !== 'CMD-SHELL') return []
  const text = words.join(' ')
  const isPlain = !/[\r\n]|^\s*\[|\\$/.test(text)
  return [`HEALTHCHECK CMD ${isPlain ? text : JSON.stringify(['/bin/sh', '-c', text])}`]
}

/** Nothing in a config is expanded any more. */
const literal = (text: string): string => text.replace(/[\\$]/g, '\\$&')

const oneLine = (line: string): string => line.replace(/\r?\n|\r/g, '\\n')
