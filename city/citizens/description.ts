/**
 * Description: the text of a resident without what leads to a person: addresses of e-mail and numbers
 * of telephones are replaced.
 */
import { DESCRIPTION_MAX } from "./georeport.js";

const MAIL = /[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+/g;
/** Nine digits or more, as they are written: with blanks, points, bars, brackets. */
const TELEPHONE = /(?:\+|\b)\d(?:[ .\-/()\u00A0]{0,3}\d){8,14}\b/g;
const INSTEAD = "[...]";

export function withoutPersons(text: string): string {
	const wellFormed = Buffer.from(text.slice(0, DESCRIPTION_MAX)).toString(); // of a pair both halves or none
	const plain = wellFormed.replaceAll("\u0000", "");
	return plain.replace(MAIL, INSTEAD).replace(TELEPHONE, INSTEAD);
}
