/** What the page does where scripts run: tooltips, a step and its finding that show each other, and the button. */
export const pageScript = `(() => {
'use strict'
const root = document.documentElement
const tip = document.getElementById('tip')
const button = document.getElementById('theme')
const system = matchMedia('(prefers-color-scheme: dark)')
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches)
const name = () => {
  button.textContent = isDark() ? 'Light' : 'Dark'
  button.setAttribute('aria-label', 'Show the page in ' + (isDark() ? 'light' : 'dark') + ' colours')
}
button.hidden = false
button.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark'
  name()
})
system.addEventListener('change', name)
name()

const texts = new Map()
for (const title of document.querySelectorAll('svg g > title, svg a > title')) {
  texts.set(title.parentNode, title.textContent)
  title.remove()
}
const partOf = (target) => {
  for (let at = target; at && at !== document; at = at.parentNode) if (texts.has(at)) return at
}
const hide = () => { tip.hidden = true }
const show = (part) => {
  tip.textContent = texts.get(part)
  tip.hidden = false
  const box = part.getBoundingClientRect()
  const own = tip.getBoundingClientRect()
  const above = box.bottom + own.height + 8 > innerHeight && box.top - own.height - 6 > 0
  tip.style.left = Math.max(8, Math.min(box.left + 40, innerWidth - own.width - 8)) + scrollX + 'px'
  tip.style.top = (above ? box.top - own.height - 6 : box.bottom + 6) + scrollY + 'px'
}
const all = (finding) => document.querySelectorAll('[data-finding="' + finding + '"]')
let pinned
const mark = (finding) => {
  for (const one of document.querySelectorAll('.on')) one.classList.remove('on')
  for (const one of finding === undefined ? [] : all(finding)) one.classList.add('on')
}
const findingOf = (target) => target.closest && target.closest('[data-finding]')
const calm = { block: 'nearest', behavior: 'auto' }

for (const kind of ['mouseover', 'focusin']) {
  document.addEventListener(kind, ({ target }) => {
    const part = partOf(target)
    if (part) show(part)
    else hide()
    const finding = findingOf(target)
    mark(finding ? finding.dataset.finding : pinned)
    if (finding && !finding.closest('aside')) {
      const entry = document.getElementById('finding-' + finding.dataset.finding)
      if (kind === 'focusin') entry.scrollIntoView(calm)
    }
  })
}
document.addEventListener('click', (event) => {
  const finding = findingOf(event.target)
  if (!finding) return
  event.preventDefault()
  pinned = finding.dataset.finding
  mark(pinned)
  const other = document.getElementById((finding.closest('aside') ? 'at-' : 'finding-') + pinned)
  if (!other) return
  other.scrollIntoView(finding.closest('aside') ? { block: 'center', inline: 'nearest' } : calm)
  if (finding.closest('aside')) show(other)
})
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  pinned = undefined
  mark()
  hide()
})
})()`
