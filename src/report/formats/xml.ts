import { pictureOf, unprintable } from '../../text/neutral.ts'
import { escaped } from '../picture/escape.ts'

/**
 * `text` as it stands in an attribute of XML 1.0 or in an element: line breaks and tabs as references, since a reader makes blanks
 * of them in an attribute (3.3.3), and the picture of what no document may hold (2.2).
 */
export const xmlText = (text: string): string =>
  escaped(text).replace(unprintable, (one) => (/[\t\n\r]/.test(one) ? `&#${one.charCodeAt(0)};` : pictureOf(one)))

/** The beginning of an element with these attributes, those that are undefined left out. */
export const xmlTag = (name: string, attributes: Readonly<Record<string, string | number | undefined>>): string =>
  [
    name,
    ...Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}="${xmlText(String(value))}"`],
    ),
  ].join(' ')
