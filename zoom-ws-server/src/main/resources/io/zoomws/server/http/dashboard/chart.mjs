// Events per second by family: areas that are stacked, and a list that says the same in words.

import { byId, element, keyed, setAttribute, setText, svg } from "./dom.mjs";
import { FAMILIES, axisEnd, total } from "./rates.mjs";
import { duration, number, rate, shown } from "./text.mjs";

const HEIGHT = 176;
const LEFT = 40;
const TOP = 10;
const BOTTOM = 22;
const OTHER = "other";

export class RateChart {
  #colours = new Map();
  #drawing = svg("svg", { role: "img", height: HEIGHT, class: "rates" });
  #list = element("ul", { class: "legend" });

  constructor(figure) {
    figure.append(this.#drawing, element("figcaption", {}, this.#list));
  }

  show(series, now) {
    const families = series.families();
    const named = families.slice(0, FAMILIES);
    const rest = families.slice(FAMILIES);
    const layers = rest.length > 0 ? [...named, OTHER] : named;
    const of = (rates, layer) =>
      layer === OTHER && rest.length > 0 ? rest.reduce((sum, name) => sum + (rates.get(name) ?? 0), 0) : rates.get(layer) ?? 0;
    const points = series.points();
    const rates = series.now();
    this.#recolour(named);
    this.#legend(points.length, layers, (layer) => of(rates, layer), (layer) => of(series.totals(), layer));
    this.#draw(points, layers, of, now, series.span(now));
    setText(byId("rate-now"), points.length === 0 ? "being measured" : rate(total(rates)) + " /s");
    setAttribute(this.#drawing, "aria-label", words(points, rates, layers, of));
  }

  /** A family keeps its colour for as long as it is shown. */
  #recolour(named) {
    for (const name of [...this.#colours.keys()].filter((known) => !named.includes(known))) {
      this.#colours.delete(name);
    }
    for (const name of named.filter((one) => !this.#colours.has(one))) {
      const taken = new Set(this.#colours.values());
      this.#colours.set(name, [...Array(FAMILIES).keys()].find((colour) => !taken.has(colour)));
    }
  }

  #colour(layer) {
    return "c" + (this.#colours.get(layer) ?? FAMILIES);
  }

  #legend(points, layers, rateOf, totalOf) {
    const make = () => element("li", {}, element("span", { class: "swatch", "aria-hidden": "true" }), element("span"), element("b"), element("small"));
    keyed(this.#list, layers, (layer) => layer, make, (item, layer) => {
      const [swatch, name, now, all] = item.children;
      setAttribute(swatch, "class", "swatch " + this.#colour(layer));
      setText(name, shown(layer, 24));
      setText(now, points === 0 ? "" : rate(rateOf(layer)) + " /s");
      setText(all, number(totalOf(layer)) + " in all");
    });
  }

  #draw(points, layers, of, now, span) {
    const width = Math.max(240, Math.round(this.#drawing.parentNode.clientWidth));
    const highest = axisEnd(Math.max(0, ...points.map((point) => total(point.rates))));
    const x = (at) => LEFT + (width - LEFT) * (1 - Math.min(now - at, span) / span);
    const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / highest);
    setAttribute(this.#drawing, "viewBox", "0 0 " + width + " " + HEIGHT);
    setAttribute(this.#drawing, "width", width);
    this.#drawing.replaceChildren(...axes(width, highest, y, (before) => x(now - before), span), ...this.#areas(points, layers, of, x, y));
  }

  #areas(points, layers, of, x, y) {
    let under = points.map(() => 0);
    return layers.map((layer) => {
      const over = points.map((point, i) => under[i] + of(point.rates, layer));
      const up = points.map((point, i) => round(x(point.at)) + "," + round(y(over[i])));
      const down = points.map((point, i) => round(x(point.at)) + "," + round(y(under[i]))).reverse();
      under = over;
      return svg("path", { class: this.#colour(layer), d: points.length < 2 ? "" : "M" + [...up, ...down].join("L") + "Z" });
    });
  }
}

function axes(width, highest, y, x, span) {
  const rows = [0, highest / 2, highest].flatMap((value) => [
    svg("line", { class: "grid", x1: LEFT, x2: width, y1: y(value), y2: y(value) }),
    svg("text", { class: "tick end", x: LEFT - 8, y: y(value) + 4 }, highest > 1 ? number(value) : value),
  ]);
  const step = span > 150_000 ? 60_000 : span > 75_000 ? 30_000 : 15_000;
  const columns = [1, 2, 3, 4]
    .map((i) => i * step)
    .filter((before) => before < 0.93 * span)
    .map((before) => svg("text", { class: "tick middle", x: round(x(before)), y: HEIGHT - 5 }, "−" + duration(before / 1000)));
  return [...rows, ...columns, svg("text", { class: "tick end", x: width, y: HEIGHT - 5 }, "now")];
}

const round = (value) => Math.round(value * 10) / 10;

function words(points, rates, layers, of) {
  if (points.length === 0) {
    return "Events per second: being measured.";
  }
  const highest = Math.max(...points.map((point) => total(point.rates)));
  const parts = layers.map((layer) => shown(layer, 24) + " " + rate(of(rates, layer)));
  return "Events per second, at most five minutes back: now " + rate(total(rates)) + ", at most " + rate(highest) + ". " + parts.join(", ") + ".";
}
