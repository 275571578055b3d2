// How values look.

// Controls, marks that turn the direction of what follows, and characters that show nothing.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** A foreign text of one line: what cannot be seen is named, and what is too long is cut. */
export function shown(text, most = 120) {
  const points = [...String(text).slice(0, 2 * most + 2)];
  const cut = points.length > most ? points.slice(0, most).join("") + "…" : points.join("");
  return cut.replace(INVISIBLE, named);
}

/** A foreign text of several lines: the same without a cut, and line feeds stay. */
export function shownLines(text) {
  return String(text).replace(INVISIBLE, (found) => (found === "\n" ? found : named(found)));
}

function named(found) {
  return "⟨U+" + found.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩";
}

/** A number and its unit stay on one line. */
const NBSP = "\u00a0";

/** 400 ms, 1.2 s, 12 s, 3 min 20 s, 5 h 12 min, 12 d 3 h. */
export function duration(seconds) {
  if (seconds < 0.0005) {
    return measure(0, "s");
  }
  if (seconds < 0.9995) {
    return measure(Math.round(seconds * 1000), "ms");
  }
  if (seconds < 9.95) {
    return measure(seconds.toFixed(1), "s");
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return measure(whole, "s");
  }
  if (whole < 3600) {
    return two(whole, 60, "min", 1, "s");
  }
  return whole < 86400 ? two(whole, 3600, "h", 60, "min") : two(whole, 86400, "d", 3600, "h");
}

function two(seconds, large, largeUnit, small, smallUnit) {
  const rest = Math.floor((seconds % large) / small);
  return measure(Math.floor(seconds / large), largeUnit) + (rest > 0 ? " " + measure(rest, smallUnit) : "");
}

function measure(value, unit) {
  return value + NBSP + unit;
}

/** Whole seconds: for what is shown counting up. */
export function age(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 60 ? measure(whole, "s") : duration(whole);
}

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Powers of 1000, as disks are sold. */
export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return measure(unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1), UNITS[unit]);
}

/** 1 234 567, with thin blanks that do not break. */
export function number(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

export function rate(perSecond) {
  return perSecond >= 99.95 ? number(Math.round(perSecond)) : perSecond.toFixed(1);
}

/** One gap, two gaps. */
export function counted(count, one, several = one + "s") {
  return number(count) + " " + (count === 1 ? one : several);
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const digits = (value) => String(value).padStart(2, "0");

/** 14:02:11, in the zone of the reader. */
export function clockTime(millis) {
  const date = new Date(millis);
  return digits(date.getHours()) + ":" + digits(date.getMinutes()) + ":" + digits(date.getSeconds());
}

/** Mon 23 Nov. */
export function day(millis) {
  const date = new Date(millis);
  return DAYS[date.getDay()] + " " + date.getDate() + " " + MONTHS[date.getMonth()];
}

/** The time alone if it was today, else with the day. */
export function moment(millis, now) {
  return (day(millis) === day(now) && Math.abs(now - millis) < 86_400_000 ? "" : day(millis) + " ") + clockTime(millis);
}

/** UTC+05:30. */
export function zone(date = new Date()) {
  const minutes = -date.getTimezoneOffset();
  const amount = Math.abs(minutes);
  return "UTC" + (minutes < 0 ? "−" : "+") + digits(Math.floor(amount / 60)) + ":" + digits(amount % 60);
}
