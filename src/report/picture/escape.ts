const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** `text` as it stands in HTML, XML and the labels of Graphviz, in an element or between quotes. What XML forbids is U+FFFD. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"'\ufffe\uffff]/g, (character) => entities[character] ?? '\ufffd')
