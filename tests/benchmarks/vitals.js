// What Chromium says of a page while it opens: https://web.dev/articles/vitals
window.vitals = { fcp: 0, lcp: 0, cls: 0, tasks: [], last: 0 }
const watch = (type, note) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
watch("paint", (entry) => {
  if (entry.name === "first-contentful-paint") vitals.fcp = entry.startTime
})
watch("largest-contentful-paint", (entry) => {
  vitals.lcp = entry.startTime
  vitals.largest = entry.element?.outerHTML.slice(0, 80)
})
watch("layout-shift", (entry) => {
  if (!entry.hadRecentInput) vitals.cls += entry.value
})
watch("longtask", (entry) => {
  vitals.tasks.push([entry.startTime, entry.startTime + entry.duration])
  vitals.last = performance.now()
})
