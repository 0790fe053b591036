/** Elements from names, classes and text. Text goes in as text nodes only: nothing here reads markup. */

/** `element("p.note", {lang: "zh"}, "text", child, …)`; null children are left out. */
export function element(selector, attributes = {}, ...children) {
  const [name, ...classes] = selector.split(".");
  const made = document.createElement(name);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A button that submits nothing. */
export function button(selector, label, onclick, attributes = {}) {
  return element(`button${selector}`, { type: "button", onclick, ...attributes }, label);
}

/** Copy to the clipboard; false where the browser refuses. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, or without the portal's permission, browsers offer only the old way.
    const field = element("textarea.unseen", { readonly: true, "aria-hidden": "true" });
    const before = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  }
}
