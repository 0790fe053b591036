/** The panel's fixed words in three languages, out of the phrase book. Words about an answer follow the answer's language. */

import { WORDS } from "./phrases.js";

/** The words of a language code; Simplified Chinese for any other. */
export function wordsFor(language) {
  return WORDS[language] ?? WORDS.zh;
}

/** `{name}` in a phrase replaced; a value is taken as it is, whatever characters it holds. */
export function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
