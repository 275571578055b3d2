// Events per second, from counters that were read again and again. Pure.

/** How much of the past is kept. */
export const WINDOW_MILLIS = 300_000;

/** The chart begins with so much of it, and grows with what was seen. */
const FIRST_MILLIS = 60_000;

/** What is shown as the rate of now. */
const NOW_MILLIS = 10_000;

/** So many families have a colour; what is rarer is "other". */
export const FAMILIES = 6;

/** Sums of the counters of all subscriptions; all frames alone where a server does not tell families. */
export function counters(subscriptions) {
  const sums = new Map();
  for (const { families, frames } of subscriptions) {
    for (const [family, count] of Object.entries(families ?? { frames: frames.text })) {
      sums.set(family, (sums.get(family) ?? 0) + count);
    }
  }
  return sums;
}

/** What was counted, and when. */
export class RateSeries {
  #samples = [];
  #since = null;

  /** Adds what was read at a time; a server that was started anew (since) counts from 0. */
  add(at, since, counts) {
    if (since !== this.#since) {
      this.#samples = [];
      this.#since = since;
    }
    this.#samples.push({ at, counts });
    while (this.#samples.length > 2 && this.#samples[1].at < at - WINDOW_MILLIS) {
      this.#samples.shift();
    }
  }

  /** Names, the most frequent of the window first. */
  families() {
    const last = this.#samples.at(-1);
    if (!last) {
      return [];
    }
    const first = this.#samples[0].counts;
    const amount = (name) => last.counts.get(name) - (first.get(name) ?? 0);
    return [...last.counts.keys()].sort((a, b) => amount(b) - amount(a) || last.counts.get(b) - last.counts.get(a));
  }

  /** [{at, rates: Map}], one between each two readings. */
  points() {
    return this.#samples.slice(1).map((sample, i) => ({ at: sample.at, rates: ratesBetween(this.#samples[i], sample) }));
  }

  /** How much of the past the chart shows. */
  span(now) {
    return Math.max(FIRST_MILLIS, Math.min(WINDOW_MILLIS, now - (this.#samples[0]?.at ?? now)));
  }

  /** Rates of the last seconds, by family. */
  now() {
    const last = this.#samples.at(-1);
    const from = this.#samples.find((sample) => sample.at >= (last?.at ?? 0) - NOW_MILLIS);
    return last && from !== last ? ratesBetween(from, last) : new Map();
  }

  /** Events since the server began, by family. */
  totals() {
    return this.#samples.at(-1)?.counts ?? new Map();
  }
}

function ratesBetween(one, other) {
  const seconds = (other.at - one.at) / 1000;
  const rates = new Map();
  for (const [family, count] of other.counts) {
    rates.set(family, seconds > 0 ? Math.max(0, count - (one.counts.get(family) ?? 0)) / seconds : 0);
  }
  return rates;
}

/** All of a Map of rates. */
export function total(rates) {
  return [...rates.values()].reduce((sum, value) => sum + value, 0);
}

/** The end of an axis: 1, 2 or 5 times a power of ten, not below the highest value. */
export function axisEnd(highest) {
  if (highest <= 1) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= highest);
}
