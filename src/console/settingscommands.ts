/**
 * Settings commands: show, set, and what becomes of what was set.
 */
import { EMPTY, one, parted, usage } from "./lines.js";
import type { ConsoleOwner } from "./owner.js";
import type { Lines } from "./print.js";
import { fill, TEXTS } from "./texts.js";

export function show(rest: string, owner: ConsoleOwner): Lines {
	const line = (name: string) => {
		const edited = owner.edited(name);
		const candidate = edited === undefined ? "" : `, set to ${edited || EMPTY}`;
		return `${name} = ${owner.show(name) || EMPTY}${candidate}`;
	};
	if (rest === "")
		return (nth) => {
			const name = owner.names[nth];
			return name === undefined ? undefined : line(name);
		};
	return one(
		owner.show(rest) === undefined ? fill(TEXTS[owner.language].unknownSetting, rest) : line(rest),
	);
}

export function set(rest: string, owner: ConsoleOwner): Lines {
	const [name, value] = parted(rest);
	if (name === "" || value === "") return usage("set SETTING VALUE", owner);
	if (!owner.names.includes(name)) return one(fill(TEXTS[owner.language].unknownSetting, name));
	const answer = owner.set(name, value === EMPTY ? "" : value);
	const texts = TEXTS[owner.language];
	return one(
		"why" in answer
			? fill(texts.refused, name, answer.why)
			: fill(texts.edited, name, answer.value || EMPTY),
	);
}

/** `why` not, or what is said when it was done, in the language that holds then. */
export function done(owner: ConsoleOwner, why: string | undefined, text: DoneText): Lines {
	const texts = TEXTS[owner.language];
	return one(why === undefined ? texts[text] : fill(texts.notDone, why));
}
type DoneText = "applied" | "confirmed" | "spoken";
