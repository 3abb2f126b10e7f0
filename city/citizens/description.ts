/**
 * Description: the text of a resident without what leads to a person: addresses of e-mail and numbers
 * of telephones are replaced. A name is not recognised, so the text is shown to a key alone.
 */
import { DESCRIPTION_MAX } from "./georeport.js";

/** Each @ with what is written around it; a local part may be quoted, a host be in brackets. */
const MAIL = /(?:"[^"\n]*"|[^\s@＠<>()[\],;:"]*)[@＠](?:\[[^\]\s]*\]?|[^\s<>()[\],;:"]*)/g;
/** Nine digits or more, as they are written: with blanks, points, bars, brackets. */
const TELEPHONE = /\+?\p{Nd}(?:[\s.\-–—/()'_]{0,3}\p{Nd}){8,}/gu;
const INSTEAD = "[...]";

export function withoutPersons(text: string): string {
	const plain = cut(text).replaceAll("\u0000", "");
	return cut(plain.replace(MAIL, INSTEAD).replace(TELEPHONE, INSTEAD));
}

/** Of a pair of surrogates both halves or none. */
function cut(text: string): string {
	return Buffer.from(text.slice(0, DESCRIPTION_MAX)).toString();
}
