/**
 * Prose: finds constructions in documents, comments and texts that a reader has to read twice.
 *
 * The rule of prose: name the subject, use the technical noun, say when and why. No personified
 * machine, and no clause with `who` or `what` as a subject. French has a space before `: ; ! ?` and
 * a comma in decimals.
 */

interface Passage {
	/** Line of the file on which the passage begins, from 1. */
	readonly line: number;
	readonly text: string;
}

interface Breach extends Passage {
	readonly rule: string;
}

type Rule = readonly [rule: string, pattern: RegExp];

const MACHINE =
	"(?:lamp|node|firmware|machine|controller|driver|host|broker|simulator|sensor|photocell|clock|console|image|session|client|store|journal|street|engine|linker|flash|light|program|simulation|page|server|worker|fleet|watchdog|neighbour|pole)s?";
const MIND =
	"(?:tells?|told|hears?|heard|knows?|knew|believes?|believed|feels?|felt|says?|said|speaks?|spoke|wants?|thinks?|thought|remembers?|understands?|forgets?|forgot|judges?|cares?|learns of)";

const ENGLISH: readonly Rule[] = [
	[
		"a machine has no mind: name what it does",
		new RegExp(
			`\\b${MACHINE} (?:that )?(?:never |also |then |itself |does not |do not |cannot |can )?${MIND}\\b`,
			"i",
		),
	],
	[
		"passive of a mind: is told, is heard, is known to",
		/\b(?:is|are|was|were|be|been|being) (?:told|heard|believed|foretold|spoken|understood)\b/i,
	],
	["'foretell': write forecast", /\bfore(?:tell|told|tells)\b/i],
	[
		"'whoever', 'whom', 'whatever': name the person or the thing",
		/\b(?:whoever|whom|whomever|whatever)\b/i,
	],
	[
		"'who ...' or 'what ...' as a subject: name the subject",
		/(?:^|[.;:!?]\s+|, and |, but )(?:who|what)\s(?!(?:if|for|about)\b)[^.?!]*(?:[.!;:]|$)/i,
	],
	["'it is meant', 'there' puzzles: say it directly", /\bit is meant\b|(?:^|[.;:]\s+)there,/i],
	[
		"'nobody knows', 'nobody depends': name the actor",
		/\bnobody (?:knows|hears|believes|depends|tells|sees it)\b/i,
	],
	[
		"'the desk', 'the city' as an actor: write the operator, the CMS",
		/\bthe (?:city|desk) (?:says|tells|asks|hears|knows|offers|orders|wants)\b/i,
	],
];

const FRENCH: readonly Rule[] = [
	["une espace avant : ; ! ?", /\p{L}(?:[;!?]|:(?!\/\/))(?=\s|$)/u],
	[
		"la virgule dans les décimales",
		/(?<![\d.])\d+\.\d+\s?(?:%|s|h|lx|W|kWh|km|m|°C|min)(?=\s|$|[,;)])/,
	],
	["broker, jamais courtier", /\bcourtiers?\b/i],
	[
		"une machine ne pense ni ne parle",
		/\b(?:lampe|nœud|contrôleur|capteur|horloge|photocellule|cellule|réglages|driver|broker)s? (?:n'|ne )?(?:sait|savent|croit|croient|dit|disent|entend|entendent|veut|veulent|raconte|pense)\b/i,
	],
	[
		"français de calque",
		/\bmord(?:u)?\b.*chien|attrapé une faute|censé faire|n'en a que faire|pleine de déchets|se tester|c'est voulu/i,
	],
];

/** The breaches of one passage, in the language that it is written in. */
export function breachesOf(passage: Passage): Breach[] {
	const rules = isFrench(passage.text) ? FRENCH : ENGLISH;
	return rules
		.filter(([, pattern]) => pattern.test(passage.text))
		.map(([rule]) => ({ ...passage, rule }));
}

/** French: two words that English lacks, or one beside an accent (Liège alone is none). */
export function isFrench(text: string): boolean {
	const found = text.match(
		/(?:^|[\s(«'])(?:le|la|les|des|une|du|est|sont|avec|sans|dans|pour|qui|que|sur|aux|pas|n'est|d'un|l'\p{L}+|d'\p{L}+)(?=[\s.,;:!?)»']|$)/giu,
	);
	const words = found?.length ?? 0;
	return words >= 2 || (words === 1 && /[éèêçœà]/.test(text));
}

/** Sentences of a Markdown document: no code, no addresses. */
export function passagesOfMarkdown(text: string): Passage[] {
	const passages: Passage[] = [];
	let fenced = false;
	let start = 0;
	let block: string[] = [];
	const end = () => {
		if (block.length > 0) passages.push(...sentencesOf(block.join(" "), start));
		block = [];
	};
	for (const [index, line] of text.split("\n").entries()) {
		if (/^\s*(?:```|~~~)/.test(line)) {
			end();
			fenced = !fenced;
			continue;
		}
		if (fenced) continue;
		if (/^\s*$|^#|^\s*[-*|]|^\s*\d+\./.test(line)) end();
		if (/^\s*\|/.test(line)) {
			for (const cell of line.split("|")) passages.push(...sentencesOf(plain(cell), index + 1));
			continue;
		}
		if (block.length === 0) start = index + 1;
		if (line.trim() !== "") block.push(plain(line));
	}
	end();
	return passages;
}

/** Sentences of the comments of a TypeScript, C or script file. */
export function passagesOfComments(text: string): Passage[] {
	const passages: Passage[] = [];
	const comment = /\/\*([\s\S]*?)\*\/|(?<![:"'`\w])\/\/(.*)/g;
	for (const found of text.matchAll(comment)) {
		const line = text.slice(0, found.index).split("\n").length;
		const body = (found[1] ?? found[2] ?? "").replace(/^\s*\*+ ?/gm, "");
		for (const part of body.split(/\n\s*\n/))
			passages.push(...sentencesOf(plain(part.replaceAll("\n", " ")), line));
	}
	return passages;
}

/** Texts that a program shows: string literals of several words. */
export function passagesOfTexts(text: string): Passage[] {
	const passages: Passage[] = [];
	const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (found) =>
		found.replace(/[^\n]/g, " "),
	);
	for (const found of code.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)) {
		const literal = found[1] ?? found[2] ?? "";
		if (!/\p{L}{2,} \p{L}{2,}/u.test(literal)) continue;
		const line = code.slice(0, found.index).split("\n").length;
		passages.push(...sentencesOf(literal.replace(/\\n/g, " "), line));
	}
	return passages;
}

function plain(text: string): string {
	return text
		.replace(/`[^`]*`/g, "code")
		.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
		.replace(/[*_]{1,2}([^*_]+)[*_]{1,2}/g, "$1")
		.replace(/^\s*(?:[-*]|\d+\.)\s+/, "")
		.trim();
}

function sentencesOf(text: string, line: number): Passage[] {
	return text
		.split(/(?<=[.!?])\s+(?=[\p{Lu}`"«])/u)
		.map((sentence) => ({ line, text: sentence.trim() }))
		.filter(({ text: sentence }) => /\p{L}{2,}/u.test(sentence));
}
