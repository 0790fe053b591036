/** A citation as a card: where the clause stands, whether it binds, and its own words with what was read from them. */

import { button, copy, element } from "./dom.js";
import { badge, readable, today } from "./format.js";

const FOLDED_FROM = 240; // characters; a shorter clause is shown whole
const AROUND = 30; // characters kept on each side of the sentence that answers

/** The card of a citation, open or folded to its title. `words` and `language` are those of the answer. */
export function citationCard(citation, words, language, open) {
  const mark = badge(citation, today(), language);
  const quotation = element("blockquote", { lang: "zh" });
  const characters = Array.from(readable(citation.text)); // offsets count characters, not UTF-16 units
  const cut = excerpt(characters, citation.focus);
  const show = (whole) => quotation.replaceChildren(...quoted(characters, citation, words, whole ? null : cut));
  show(cut === null);
  const where = [citation.document_number, readable(citation.address)].filter(Boolean).join(" · ");
  return element(
    "details.citation",
    { open },
    element(
      "summary",
      {},
      element("span.marker", { "aria-hidden": "true" }, String(citation.marker)),
      element("span.document", { lang: "zh" }, citation.document),
      element(`span.badge.${mark.tone}`, {}, mark.text),
    ),
    element("p.address", { lang: "zh" }, where),
    quotation,
    cut === null ? null : folder(words, show),
    legend(citation, words),
    citation.departments.length ? element("p.departments", {}, `${words.departments}: `, element("span", { lang: "zh" }, citation.departments.join("、"))) : null,
    element(
      "p.actions",
      {},
      copyButton(citation, where, words),
      element("a", { href: `./?clause=${encodeURIComponent(citation.clause_id)}`, target: "_blank", rel: "noopener" }, words.openClause),
    ),
  );
}

/** What of a long clause is shown before it is unfolded: `[start, end]`, null for all of it. */
function excerpt(characters, focus) {
  if (characters.length <= FOLDED_FROM) return null;
  const empty = focus.end <= focus.start;
  const start = empty ? 0 : Math.max(0, focus.start - AROUND);
  const end = empty ? FOLDED_FROM : Math.min(characters.length, focus.end + AROUND);
  return end - start > characters.length - AROUND ? null : [start, end];
}

function folder(words, show) {
  const toggle = button(".plain", words.whole, () => {
    const whole = toggle.getAttribute("aria-expanded") !== "true";
    show(whole);
    toggle.setAttribute("aria-expanded", String(whole));
    toggle.textContent = whole ? words.less : words.whole;
  }, { "aria-expanded": "false" });
  return element("p.actions", {}, toggle);
}

/** The clause's characters with the sentence that answers and the rule's own places marked. */
function quoted(characters, citation, words, cut) {
  const [from, to] = cut ?? [0, characters.length];
  const inside = ({ start, end }) => start < end && start < to && end > from;
  const focus = inside(citation.focus) ? citation.focus : null;
  const highlights = citation.highlights.filter(inside);
  const edges = new Set([from, to]);
  for (const span of focus ? [focus, ...highlights] : highlights) {
    for (const edge of [span.start, span.end]) if (edge > from && edge < to) edges.add(edge);
  }
  const sorted = [...edges].sort((one, other) => one - other);
  const pieces = sorted.slice(0, -1).map((start, rank) => {
    const text = characters.slice(start, sorted[rank + 1]).join("");
    const covers = (span) => span.start <= start && span.end >= sorted[rank + 1];
    const place = highlights.filter(covers).sort((one, other) => one.end - one.start - (other.end - other.start))[0];
    const inner = place ? element(`mark.field.${known(place.field)}`, { title: words.fields[place.field] ?? place.field }, text) : text;
    return focus && covers(focus) ? element("mark.focus", {}, inner) : inner;
  });
  return [from > 0 ? element("span.left-out", {}, "……") : null, ...pieces, to < characters.length ? element("span.left-out", {}, "……") : null].filter(Boolean);
}

const known = (field) => (/^[a-z]+$/.test(field) ? `field-${field}` : "field-other");

function legend(citation, words) {
  const fields = [...new Set(citation.highlights.map(({ field }) => field))];
  if (!fields.length) return null;
  return element("ul.legend", {}, fields.map((field) => element("li", {}, element(`mark.field.${known(field)}`, {}, words.fields[field] ?? field))));
}

function copyButton(citation, where, words) {
  const made = button(".plain", words.copy, async () => {
    const done = await copy(`“${readable(citation.text)}”——《${citation.document}》${where}`);
    made.textContent = done ? words.copied : words.copyFailed;
    setTimeout(() => (made.textContent = words.copy), 3000);
  }, { "aria-live": "polite" });
  return made;
}
