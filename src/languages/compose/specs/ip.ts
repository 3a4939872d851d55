/** Whether Go's net.ParseIP reads `text`: dotted decimal without leading zeros, or IPv6 without a zone. */
export function isIp(text: string): boolean {
  return isIpv4(text) || isIpv6(text)
}

const isIpv4 = (text: string): boolean => {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (!text.includes(':') || halves.length > 2) return false
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const all = groups.flat()
  const tail = all.at(-1) ?? ''
  const embedded = tail.includes('.')
  if (embedded && (!isIpv4(tail) || text.endsWith('::'))) return false
  const words = embedded ? all.slice(0, -1) : all
  const size = words.length + (embedded ? 2 : 0)
  return words.every((word) => /^[0-9a-fA-F]{1,4}$/.test(word)) && (halves.length === 2 ? size < 8 : size === 8)
}
