// Server-sent events, read with fetch so that the token travels in a header and never in an address. Pure.

/** Takes text in pieces of any size, and gives the events that are complete: {id, type, data}. */
export class EventParser {
  #rest = "";
  #id = "";
  #type = "";
  #data = [];

  push(text) {
    const events = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    for (const line of lines) {
      if (line === "") {
        if (this.#data.length > 0) {
          events.push({ id: this.#id, type: this.#type || "message", data: this.#data.join("\n") });
        }
        this.#type = "";
        this.#data = [];
      } else {
        this.#field(line);
      }
    }
    return events;
  }

  #field(line) {
    const colon = line.indexOf(":");
    if (colon === 0) {
      return; // a comment, which keeps the connection alive
    }
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "id") {
      this.#id = value;
    } else if (name === "event") {
      this.#type = value;
    } else if (name === "data") {
      this.#data.push(value);
    }
  }
}
