import { createRequire } from 'node:module'

/** An element of XML as a reader takes it. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

interface Open {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

interface Saxes {
  on(event: 'opentag', take: (tag: { name: string; attributes: Record<string, string> }) => void): void
  on(event: 'text', take: (text: string) => void): void
  on(event: 'closetag', take: () => void): void
  on(event: 'error', take: (error: Error) => void): void
  write(text: string): { close(): void }
}

const require = createRequire(import.meta.url)
const { SaxesParser }: { SaxesParser: new () => Saxes } = require('saxes')

/** The root of an XML document, by a reader that refuses what is not well formed. */
export function readXml(text: string): Element {
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (part) => {
    const here = open.at(-1)
    if (here) here.text += part
  })
  parser.on('closetag', () => open.pop())
  parser.write(text).close()
  const [document] = root.children
  if (document === undefined) throw new Error('no element')
  return document
}

interface HtmlNode {
  readonly nodeName: string
  readonly attrs?: readonly { readonly name: string; readonly value: string }[]
  readonly childNodes?: readonly HtmlNode[]
  readonly value?: string
}

const { parse, parseFragment }: { parse: (html: string) => HtmlNode; parseFragment: (html: string) => HtmlNode } =
  require('parse5')

/** An element of HTML as a browser makes it. */
export interface HtmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** All elements of an HTML page, in the order of the document, as a browser reads it. */
export const readHtml = (html: string): readonly HtmlElement[] => elementsIn(parse(html))

const MarkdownIt: new (options: object) => { render(text: string): string } = require('markdown-it')

/** All elements that Markdown with HTML and links in it becomes. */
export const readMarkdown = (text: string): readonly HtmlElement[] =>
  elementsIn(parseFragment(new MarkdownIt({ html: true, linkify: true }).render(text)))

const textIn = (node: HtmlNode): string => (node.value ?? '') + (node.childNodes ?? []).map(textIn).join('')

const elementsIn = (node: HtmlNode): readonly HtmlElement[] =>
  (node.childNodes ?? []).flatMap((child) => [
    ...(child.nodeName.startsWith('#')
      ? []
      : [
          {
            name: child.nodeName,
            attributes: Object.fromEntries((child.attrs ?? []).map(({ name, value }) => [name, value])),
            text: textIn(child),
          },
        ]),
    ...elementsIn(child),
  ])

/** A workflow command of GitHub Actions. */
export interface Command {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const unescaped = (text: string, isProperty: boolean): string =>
  (isProperty ? text.replaceAll('%2C', ',').replaceAll('%3A', ':') : text)
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%25', '%')

/** The commands in an output, as the runner finds them: line by line, `::name key=value,…::data`, `##[name …]data` anywhere. */
export function readCommands(output: string): readonly Command[] {
  return output.split(/\r\n|\n|\r/).flatMap((line): readonly Command[] => {
    const [, name, told = '', data = ''] = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? []
    if (name !== undefined) {
      const pairs = told.split(',').flatMap((pair) => {
        const [key = '', ...value] = pair.split('=')
        return value.length === 0 ? [] : [[key.trim(), unescaped(value.join('='), true)] as const]
      })
      return [{ command: name, properties: Object.fromEntries(pairs), data: unescaped(data, false) }]
    }
    const [, old] = /##\[([^\]\s]+)/.exec(line) ?? []
    return old === undefined ? [] : [{ command: old, properties: {}, data: line }]
  })
}
