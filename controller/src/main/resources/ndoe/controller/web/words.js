// Numbers and times as people read them.
const two = (number) => String(number).padStart(2, "0");
const minus = (text) => text.replace("-", "−");

export const kw = (value) =>
  value == null ? "–" : minus(Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0)) + " kW";
export const pu = (value) => (value == null ? "–" : value.toFixed(4) + " pu");
export const percent = (value) => (value == null ? "–" : Math.round(100 * value) + " %");
export const plain = (value, digits = 3) => (value == null ? "–" : minus(String(+value.toPrecision(digits))));

// Local standard time is kept as if it were UTC.
export function clock(seconds) {
  const time = new Date(seconds * 1000);
  return two(time.getUTCHours()) + ":" + two(time.getUTCMinutes());
}
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
export function date(seconds) {
  const time = new Date(seconds * 1000);
  return time.getUTCDate() + " " + MONTHS[time.getUTCMonth()];
}
export function wall(millis) {
  const time = new Date(millis);
  return two(time.getHours()) + ":" + two(time.getMinutes()) + ":" + two(time.getSeconds());
}
export function age(millis) {
  const seconds = Math.max(0, millis / 1000);
  if (seconds < 90) return seconds.toFixed(0) + " s";
  if (seconds < 5400) return (seconds / 60).toFixed(0) + " min";
  return seconds < 172800 ? (seconds / 3600).toFixed(0) + " h" : (seconds / 86400).toFixed(0) + " d";
}
export const spaced = (word) => word.replaceAll("_", " ");

// An element with text and attributes; never HTML from data.
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value != null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content);
  return made;
}
export const byId = (id) => document.getElementById(id);
