// JSON as text. Numbers beyond 2^53 and the order of keys stay as they were sent, so it is indented without being parsed.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** One value, indented by two blanks a level. */
export function indented(json) {
  const tokens = json.match(TOKEN) ?? [];
  let out = "";
  let depth = 0;
  tokens.forEach((token, i) => {
    if (token === "{" || token === "[") {
      const empty = tokens[i + 1] === "}" || tokens[i + 1] === "]";
      depth++;
      out += token + (empty ? "" : line(depth));
    } else if (token === "}" || token === "]") {
      depth--;
      out += (tokens[i - 1] === "{" || tokens[i - 1] === "[" ? "" : line(depth)) + token;
    } else if (token === ",") {
      out += token + line(depth);
    } else {
      out += token === ":" ? ": " : token;
    }
  });
  return out;
}

/** No hostile depth may make a line of blanks without end. */
function line(depth) {
  return "\n" + "  ".repeat(Math.min(depth, 40));
}

/**
 * What an entry says beyond its first fields: the text of "content", or of "frame", which come last; "" if it has neither. A
 * quotation mark within a string is escaped, so that the first place where the key is written is the key.
 */
export function body(entryJson) {
  for (const key of ['"content":', '"frame":']) {
    const at = entryJson.indexOf(key);
    if (at >= 0) {
      return entryJson.slice(at + key.length, entryJson.lastIndexOf("}")).trim();
    }
  }
  return "";
}
