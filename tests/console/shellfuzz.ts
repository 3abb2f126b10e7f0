/** Shell fuzz: whatever is typed, at whatever speed, with whatever port; and what must hold after it. */
import fc from "fast-check";
import { COMMANDS } from "../../src/console/commands.js";
import { OUTPUT_BYTES } from "../../src/console/output.js";
import { REST } from "../../src/console/session.js";
import { ConsoleRig, SECRET } from "./rig.js";

/** A new secret would lock the owner of the test out. */
const args = COMMANDS.map(({ name }) => name).filter((name) => name !== "secret");
const names = new ConsoleRig().desk.names;
const argument = fc.oneof(
	fc.constantFrom(
		"",
		"hold",
		"floorLevel",
		"all",
		"lamp",
		"ca",
		"key",
		"end",
		"fr",
		"en",
		"12",
		"-1",
	),
	fc.constantFrom(...names),
	fc.integer({ min: -5, max: 100_000 }).map(String),
	fc.string({ maxLength: 20 }),
	fc.string({ unit: "grapheme", maxLength: 12 }),
);
const line = fc.tuple(fc.constantFrom(...args), argument, argument).map((parts) => parts.join(" "));
const key = fc.constantFrom(
	"\r",
	"\n",
	"\u0003",
	"\u0015",
	"\u001b[A",
	"\u001b[B",
	"\u001b[D",
	"\u001b[3~",
	"\b",
	" ",
	"q",
	"\u001b",
	"\u001b[",
	"\u0000",
	"\u00e9",
	"{",
	'{"sum":"00"}\r',
	"-----END CERTIFICATE-----\r",
);
const step = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ type: line.map((text) => `${text}\r`) }) },
	{ weight: 3, arbitrary: fc.record({ type: key }) },
	{ weight: 2, arbitrary: fc.record({ bytes: fc.uint8Array({ maxLength: 200 }) }) },
	{ weight: 2, arbitrary: fc.record({ wait: fc.nat(700_000) }) },
	{ weight: 2, arbitrary: fc.record({ takes: fc.nat(600) }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant(`${SECRET}\r`) }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant("ANOTHERLAMPSSECRET\r") }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant("plain\r") }) },
);

/** Turns at one instant beside those of the bytes: for what the session has read, and a loss. */
const TURNS_MAX = 150;

/** Anything by anyone: no exception, nothing queued beyond the queue, and a script gets in after it. */
export function anythingGoes(runs: number, seed: number): void {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const pole = new ConsoleRig();
			for (const each of steps) {
				if ("wait" in each) pass(pole, each.wait);
				else if ("takes" in each) pole.port.takes = each.takes;
				else pole.port.type("type" in each ? each.type : [...each.bytes]);
				pole.console.onReadable(pole.now);
				pole.console.onWritable(pole.now);
				const most = pole.port.typed.length + TURNS_MAX;
				for (let turn = 0; turn < most && pole.console.dueAt <= pole.now + REST; turn += 1) {
					pole.now += REST;
					pole.console.tick(pole.now);
				}
				if (!(pole.console.dueAt > pole.now + REST))
					throw new Error(`due at ${pole.console.dueAt}`);
			}
			pole.port.takes = Infinity;
			pole.port.typed.take(Infinity); // of what was not read, nothing may come later: a login, perhaps
			pole.port.received();
			pole.console.onWritable(pole.now);
			if (pole.port.received().length > OUTPUT_BYTES + 60_000) throw new Error("it kept too much");
			pass(pole, 700_000); // whoever it was is gone
			pole.desk.setLanguage("en");
			pole.guessing();
			if (!/^ok/.test(pole.plain(`login ${SECRET}`)[0] ?? "")) {
				pass(pole, 60_000);
				pole.guessing();
				const answer = pole.plain(`login ${SECRET}`);
				if (!/^ok/.test(answer[0] ?? "")) throw new Error(`locked out: ${answer}`);
			}
			const shown = pole.plain("show hold");
			if (shown.length !== 2 || shown[1] !== "ok") throw new Error(`then: ${shown}`);
		}),
		{ seed, numRuns: runs },
	);
}

/** Lines of a script: each that is not empty has one last line, and bodies are JSON. */
export function everyLineIsAnswered(runs: number, seed: number): void {
	const pastes = ["import", "certificate", "updateKeys"];
	const others = [...pastes, "watch", "interactive", "logout", "test"];
	const asked = line.filter((text) => !others.includes(text.trim().split(" ")[0]!));
	fc.assert(
		fc.property(fc.array(asked, { minLength: 1, maxLength: 12 }), (lines) => {
			const pole = new ConsoleRig().guessing();
			pole.plain(`login ${SECRET}`);
			for (const each of lines) {
				const text = [...each]
					.filter((character) => character >= " " && character !== "\u007f")
					.join("");
				const answer = pole.plain(text);
				const last = answer.filter((reply) => /^(ok|error \w+)( |$)/.test(reply));
				if (last.length !== 1 || answer.at(-1) !== last[0])
					throw new Error(`${JSON.stringify(text)}: ${JSON.stringify(answer)}`);
				for (const body of answer.slice(0, -1)) JSON.parse(body);
				const settings = pole.plain("show");
				if (settings.length !== names.length + 1) throw new Error(`show: ${settings.length}`);
			}
		}),
		{ seed, numRuns: runs },
	);
}

function pass(pole: ConsoleRig, span: number): void {
	const until = pole.now + span;
	while (pole.console.dueAt <= until) {
		pole.now = Math.max(pole.now, pole.console.dueAt);
		pole.console.tick(pole.now);
	}
	pole.now = until;
}
