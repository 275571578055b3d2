// The page is made of these. Text enters it by textContent alone, so that nothing that came from outside is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes (null or false: left out) and children: elements, or texts. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same of SVG. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    setAttribute(node, key, value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) {
      node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return node;
}

/** Sets what differs only: a screen reader is told of each change, and a selection is lost by it. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function setAttribute(node, key, value) {
  const wanted = value === true ? "" : value;
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(key);
  } else if (node.getAttribute(key) !== String(wanted)) {
    node.setAttribute(key, wanted);
  }
}

/**
 * Makes the children of a node show a list: one that is there stays, and keeps focus and what is open in it.
 *
 * make(item) gives an element, update(element, item) fills it.
 */
export function keyed(parent, items, keyOf, make, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let before = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = known.get(key);
    known.delete(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
    }
    if (child === before) {
      before = before.nextElementSibling;
    } else {
      parent.insertBefore(child, before);
    }
    update(child, item);
  }
  for (const gone of known.values()) {
    gone.remove();
  }
}

export function byId(id) {
  return document.getElementById(id);
}
