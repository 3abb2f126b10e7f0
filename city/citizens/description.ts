/**
 * Description: the text of a resident without what leads to a person: addresses of e-mail and numbers
 * of telephones are replaced.
 */
const MAIL = /[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+/g;
/** Nine digits or more, as they are written: with blanks, points, bars, brackets. */
const TELEPHONE = /(?:\+|\b)\d(?:[ .\-/()\u00A0]{0,3}\d){8,14}\b/g;
const INSTEAD = "[...]";
/** Characters, as GeoReport limits it. */
const MOST = 4_000;

export function withoutPersons(text: string): string {
	const wellFormed = Buffer.from(text.slice(0, MOST)).toString(); // of a pair both halves or none
	const plain = wellFormed.replaceAll("\u0000", "");
	return plain.replace(MAIL, INSTEAD).replace(TELEPHONE, INSTEAD);
}
