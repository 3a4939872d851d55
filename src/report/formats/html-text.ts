import { pictureOf, unprintable } from '../../text/neutral.ts'
import { escaped } from '../picture/escape.ts'

/** A text as it stands in HTML, in an element or an attribute. */
export const htmlText = (text: string): string =>
  escaped(text.replace(unprintable, (one) => (one === '\n' ? one : pictureOf(one))))

/** A sentence with its code as code. */
export const codeIn = (text: string): string => htmlText(text).replace(/`([^`]*)`/g, '<code>$1</code>')
