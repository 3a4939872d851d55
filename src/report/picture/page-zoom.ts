/** What the page does where scripts run so that a picture can be made larger, smaller and as wide as its place; keys: + - 0. */
export const pageZoom = `(() => {
'use strict'
const place = document.querySelector('main')
const picture = place.querySelector('svg')
const group = document.getElementById('zoom')
if (!picture || !group) return
const natural = picture.viewBox.baseVal.width
let width
const set = (wanted) => {
  const middle = (place.scrollLeft + place.clientWidth / 2) / (width || picture.clientWidth)
  width = Math.max(200, Math.min(wanted, natural * 4))
  picture.style.minWidth = '0'
  picture.style.maxWidth = 'none'
  picture.style.width = width + 'px'
  place.scrollLeft = middle * width - place.clientWidth / 2
}
const fit = () => set(Math.min(natural, place.clientWidth))
const zoom = (by) => (by === 'fit' ? fit() : set(width * Number(by)))
let fitted = true
group.hidden = false
group.addEventListener('click', ({ target }) => {
  if (!target.dataset.zoom) return
  fitted = target.dataset.zoom === 'fit'
  zoom(target.dataset.zoom)
})
document.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
  const by = { '+': '1.25', '=': '1.25', '-': '0.8', 0: 'fit' }[key]
  if (!by || ctrlKey || metaKey) return
  fitted = by === 'fit'
  zoom(by)
})
place.addEventListener('wheel', (event) => {
  if (!event.ctrlKey) return
  event.preventDefault()
  fitted = false
  set(width * (event.deltaY < 0 ? 1.1 : 1 / 1.1))
}, { passive: false })
addEventListener('resize', () => { if (fitted) fit() })
fit()
})()`
