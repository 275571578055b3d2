// How far behind a plugin is in time. Pure.

/** Remembers when each sequence could be seen first, as far as this page has watched. */
export class Watched {
  #seen = [];
  #most;

  constructor(most = 900) {
    this.#most = most;
  }

  /** At a time the newest visible entry was this one. */
  add(at, sequence) {
    const last = this.#seen.at(-1);
    if (last && sequence < last.sequence) {
      this.#seen = [];
    }
    if (!last || sequence !== last.sequence) {
      this.#seen.push({ at, sequence });
    }
    if (this.#seen.length > this.#most) {
      this.#seen.splice(0, this.#seen.length - this.#most);
    }
  }

  /**
   * Seconds since the entry that comes next (position) was there. least: it was there before this page watched, so that it is
   * at least that long.
   */
  behind(now, position, lag) {
    if (lag === 0) {
      return { seconds: 0, least: false };
    }
    const index = this.#seen.findIndex((sample) => sample.sequence >= position);
    if (index < 0) {
      return { seconds: 0, least: false };
    }
    return { seconds: Math.max(0, now - this.#seen[index].at) / 1000, least: index === 0 };
  }
}
