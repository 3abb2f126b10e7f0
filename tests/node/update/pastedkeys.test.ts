/** Pasted keys: a list of update keys at the console, judged and tried as one from the broker. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { LINE_MAX_BYTES } from "../../../src/console/lineeditor.js";
import { REST, TAKE_BYTES } from "../../../src/console/session.js";
import { keyName } from "../../../src/update/keys.js";
import { Signer } from "../../support/images.js";
import { KEPT, KEPT_AS, SECRET } from "../../support/technician.js";
import { IMAGE, ImageRig } from "./imagerig.js";

const [USED, SAFE, NEW, OTHER] = [new Signer(), new Signer(), new Signer(), new Signer()];
const idOf = ({ id }: Signer) => keyName(id);
const PRESENT = [idOf(USED), idOf(SAFE)];

/** A lamp without a broker, and a script at its console. */
class PoleRig extends ImageRig {
	constructor() {
		super();
		this.host.stored.set("update.key", [USED, SAFE].map(({ text }) => text).join("\n"));
		this.host.stored.set(KEPT_AS, KEPT);
		this.boot();
		this.day();
		this.open();
	}

	/** Begins a session, which ten minutes without a key end. */
	open(): void {
		this.ask("\u0003plain");
		this.ask(`login ${SECRET}`);
	}

	ask(line: string): string[] {
		this.host.serialOut = "";
		this.host.serialIn.push(...Buffer.from(`${line}\r`));
		this.host.deliver((inputs, now) => inputs.onSerialReadable(now, line.length + 1));
		for (let rest = line.length; rest >= TAKE_BYTES; rest -= TAKE_BYTES)
			this.host.run(this.host.now + REST);
		return this.host.serialOut.split("\r\n").slice(0, -1);
	}

	/** The last line of the answer to a paste; then a minute passes. */
	paste(list: string): string {
		this.ask("updateKeys");
		const answer = this.ask(list).at(-1)!;
		this.pass(MINUTE);
		return answer;
	}

	/** As `status` shows them. */
	get names(): string[] {
		return JSON.parse(this.ask("status")[0]!).updateKeys;
	}

	get said(): object[] {
		return this.emitted
			.filter(({ type }) => type === "updateKeys" || type === "updateFailed")
			.map(({ attributes }) => attributes);
	}
}

test("two pastes replace a key: the list by the old key, then by the new one", () => {
	const pole = new PoleRig();
	expect(pole.paste(USED.list([NEW, SAFE], 1))).toMatch(/^ok its signature is verified next/);
	expect(pole.names).toEqual([...PRESENT, `+${idOf(NEW)}`]);
	expect(pole.paste(NEW.list([NEW, SAFE], 1))).toMatch(/^ok /);
	expect(pole.names).toEqual([idOf(NEW), idOf(SAFE)]);
	expect(pole.said).toMatchObject([{ state: "tried" }, { state: "kept" }]);
});

test("a depot lamp takes every list of five years, one after the other", () => {
	const pole = new PoleRig();
	let before = USED;
	for (const [index, next] of [NEW, OTHER, new Signer(), new Signer(), new Signer()].entries()) {
		pole.open();
		expect(pole.paste(before.list([next, SAFE], index + 1))).toMatch(/^ok /);
		expect(pole.paste(next.list([next, SAFE], index + 1))).toMatch(/^ok /);
		expect(pole.names).toEqual([idOf(next), idOf(SAFE)]);
		before = next;
	}
	expect(pole.paste(NEW.list([NEW, SAFE], 1))).toBe("error notDone not done: unknownKey");
});

// security: the keys of images can be replaced
test("the lists of five years in any other order take nothing away", () => {
	const lists = [USED.list([NEW, SAFE], 1), NEW.list([NEW, SAFE], 1), NEW.list([OTHER, SAFE], 2)];
	for (const order of [
		[2, 1, 0],
		[1, 0, 2],
		[2, 0, 1],
		[0, 2, 1],
	]) {
		const pole = new PoleRig();
		for (const index of order) pole.paste(lists[index]!);
		const kept = pole.names.filter((name) => !name.startsWith("+"));
		expect(kept).toContain(idOf(SAFE));
		pole.open();
		for (const list of lists) pole.paste(list); // then in their own
		expect(pole.names).toEqual([idOf(NEW), idOf(SAFE), `+${idOf(OTHER)}`]);
	}
});

describe("refused at once, and nothing is stored", () => {
	const refusals: [why: string, reason: string, french: string, list: string][] = [
		["of a stranger", "unknownKey", "signée par une clé inconnue", OTHER.list([OTHER], 1)],
		["without the key in the safe", "laterKeyMissing", "une clé suivante", USED.list([NEW], 1)],
		["of the factory's counter", "olderCounter", "compteur déjà", USED.list([NEW, SAFE], 0)],
		["of a counter far away", "olderCounter", "compteur déjà", USED.list([NEW, SAFE], 1001)],
		["that is cut off", "malformed", "mal formée", USED.list([NEW, SAFE], 1).slice(0, 200)],
		["that is the header of an image", "malformed", "mal formée", USED.header(IMAGE)],
		["of an empty line and a word", "malformed", "mal formée", "keys"],
		["beyond the longest line", "malformed", "mal formée", "A".repeat(LINE_MAX_BYTES + 1)],
	];
	test.each(refusals)("%s: %s", (_why, reason, french, list) => {
		const pole = new PoleRig();
		expect(pole.paste(list)).toBe(`error notDone not done: ${reason}`);
		pole.ask("language fr");
		expect(pole.paste(list)).toMatch(new RegExp(`^error notDone non effectué : ${french}`));
		expect([pole.names, pole.host.stored.has("update.try"), pole.said]).toEqual([
			PRESENT,
			false,
			[],
		]);
	});
	test("of a retired key: retiredKey", () => {
		const pole = new PoleRig();
		pole.host.stored.set("update", `1 1 ${SAFE.id} 0123456789abcdef 0.1.0 - - - 0 0 0`);
		pole.boot();
		pole.open();
		expect(pole.paste(USED.list([NEW, SAFE], 1))).toBe("error notDone not done: retiredKey");
	});
});

test("a stranger's list under a known id is refused by its signature: an event", () => {
	const pole = new PoleRig();
	const answer = pole.paste(OTHER.list([OTHER, SAFE], 1, { keyId: USED.id }));
	expect(answer).toMatch(/^ok /);
	expect([pole.said, pole.names]).toEqual([[{ reason: "wrongSignature", final: true }], PRESENT]);
});

test("the second list waits for the verification of the first, which is not lost", () => {
	const pole = new PoleRig();
	pole.ask("updateKeys");
	expect(pole.ask(USED.list([NEW, SAFE], 1)).at(-1)).toMatch(/^ok /);
	expect(pole.paste("?")).toBe("error notDone not done: updating");
	expect(pole.names).toEqual([...PRESENT, `+${idOf(NEW)}`]);
});

test("an offer that waits for its turn is not ended by a paste", () => {
	const pole = new PoleRig();
	pole.offer({ spread: 3600 }, USED.header(IMAGE));
	expect(pole.paste(USED.list([NEW, SAFE], 1))).toBe("error notDone not done: updating");
	pole.ask("language fr");
	expect(pole.paste(USED.list([NEW, SAFE], 1))).toMatch(/une mise à jour est en cours/);
	pole.pass(70 * MINUTE);
	expect(pole.types).toContain("updateActivated");
	expect(pole.said).toEqual([]);
});

test("the longest list fits into a line, and people see nothing of it", () => {
	const list = USED.list([NEW, OTHER, SAFE], 1);
	expect(Math.ceil((16 + 3 * 64 + 72) / 3) * 4).toBeLessThan(LINE_MAX_BYTES);
	const pole = new PoleRig();
	pole.ask("interactive");
	expect(pole.ask("updateKeys").join()).toMatch(/paste it now; nothing is shown/);
	const shown = pole.ask(list).join();
	expect(shown).toMatch(/its signature is verified next, at full light/);
	expect(shown).not.toContain(list.slice(0, 20));
	pole.pass(MINUTE);
	expect(pole.said).toMatchObject([{ state: "tried" }]);
});
