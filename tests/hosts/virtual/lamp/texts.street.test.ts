/**
 * Texts that never end, in an XS machine: none of them stays.
 *
 * To ask an object for a name that the engine never saw takes an entry of the key table for good,
 * and a full table restarts the lamp. So each place where a stranger's text could become a name is
 * given many texts; the live slots, among them each key's, are then the same as after the first.
 *
 * Promise: A stranger's texts cannot fill the memory of a lamp.
 */
import { expect, test } from "@jest/globals";
import { calmSlots, ROOMY } from "../../../fuzz/connection.js";
import { scaled } from "../../../support/scale.js";
import { EPOCH, NODE, publish, XsLamp } from "../../../support/xslamp.js";

const EVERY = 3000;
/** A change of settings costs a write or two; 24 can be saved up, and a day earns more. */
const TEXTS = scaled(8, 15);
const LOOKS = 2;

type Say = (pole: XsLamp, n: number) => void;
const issued = (pole: XsLamp) => new Date(EPOCH + pole.now).toISOString();
const order =
	(fields: (n: number) => object): Say =>
	(pole, n) =>
		pole.send(publish(JSON.stringify({ id: `i${n}`, issued: issued(pole), ...fields(n) })));
const payload =
	(text: (n: number) => string, topic = `${NODE}/command`): Say =>
	(pole, n) =>
		pole.send(publish(text(n), false, topic));
const desired =
	(section: string, settings: (n: number) => object): Say =>
	(pole, n) => {
		const text = JSON.stringify({ revision: n, count: 1, settings: settings(n) });
		pole.send(publish(text, false, `${NODE}/settings/desired/${section}`));
		pole.run(pole.now + 1000);
		order(() => ({ command: "explain" }))(pole, n);
	};
const typed =
	(line: (n: number) => string): Say =>
	(pole, n) =>
		pole.type(line(n));

const CASES: readonly [where: string, say: Say][] = [
	["id", order(() => ({ command: "report" }))],
	["command", order((n) => ({ command: `c${n}` }))],
	["member", order((n) => ({ command: "report", [`m${n}`]: 1 }))],
	["number", order((n) => ({ command: "override", level: `l${n}` }))],
	["instant", order((n) => ({ command: "explain", at: `a${n}` }))],
	["date", order((n) => ({ command: "preview", date: `d${n}` }))],
	["name", order((n) => ({ command: "assign", site: "liege", node: `${n}!` }))],
	["half an order", payload((n) => `{"id":"x","command":"rep${n}`)],
	["topic", (pole, n) => pole.send(publish("{}", false, `${NODE}/t${n}`))],
	[
		"offer",
		payload((n) => `{"id":"u${n}","url":"https://a${n}","header":"A${n}"}`, `${NODE}/update`),
	],
	["setting", desired("light", (n) => ({ [`s${n}`]: 1 }))],
	["choice", desired("power", (n) => ({ supply: `s${n}` }))],
	["switch point", desired("calendar", (n) => ({ program: `12:${10 + n} 45` }))],
	[
		"program",
		desired("calendar", (n) => ({ program2: `p${n}: 12:00 50`, calendar: `daily: p${n}` })),
	],
	["console command", typed((n) => `c${n}`)],
	["console setting", typed((n) => `set s${n} 1`)],
	["console help", typed((n) => `help h${n}`)],
];

/** Every fourth: of each door one; `npm run soak` tries them all. */
const part = CASES.filter((_, n) => n % 4 === 0);

test.each(scaled(part, CASES))("%s", async (_where, say) => {
	const pole = (await XsLamp.of({}, ROOMY)).boot();
	const slots: number[] = [];
	for (let look = 0, n = 1; look < LOOKS; look++) {
		for (let text = 0; text < TEXTS; text++, n++) {
			say(pole, n);
			pole.run(pole.now + EVERY);
		}
		slots.push(calmSlots(pole));
	}
	expect(pole.deaths).toEqual([]);
	expect(slots).toEqual(Array(LOOKS).fill(slots[0]));
});
