import { describe, expect, test } from "@jest/globals";
import { CREATION, imageOf, logs, Street } from "../../../support/xsstreet.js";

/** Made at load, so that it lies in flash. */
const STATE = `
	class Base { step() { return "base"; } get width() { return 1; } }
	class Lamp extends Base { level = 1; step() { return "lamp"; } own() { return this.level; } }
	const plain = { a: 1 };
	const child = Object.create(plain);
	const table = Object.freeze({ row: "flash" });
	const rows = [3, 4];
	const own = (o) => Object.defineProperty(o, 'step', { value: () => 'own', configurable: true });
`;

/** Each asks twice, with a change between: the first answer must not remain in force. */
const CASES: Readonly<Record<string, string>> = {
	"a method, then an own property of its name":
		"const o = new Lamp(); const first = o.step(); own(o); return [first, o.step()];",
	"an own property, then the method behind it":
		"const o = new Lamp(); own(o); const first = o.step(); delete o.step; return [first, o.step()];",
	"a method of the base class, reached through the other":
		"const o = new Lamp(); return [o.width, new Base().step(), o.step(), super_(o)];" +
		"function super_(o) { return Base.prototype.step.call(o); }",
	"a name that exists nowhere, then does":
		"const o = new Lamp(); const first = o.nothing; o.nothing = 5; return [first, o.nothing, new Lamp().nothing];",
	"a plain object in flash, then a lamp's copy of it":
		"const first = plain.b; plain.b = 2; plain.a = 7; return [first, plain.b, plain.a];",
	"an object whose prototype is a plain object in flash, before and after it was copied":
		"const first = [child.a, child.b]; plain.b = 2; plain.a = 7; return [first, child.a, child.b];",
	"an own object whose prototype is a plain object in flash":
		"const o = Object.create(plain); const first = [o.a, o.c]; plain.a = 8; plain.c = 3; return [first, o.a, o.c];",
	"another prototype":
		"const o = new Base(); const first = o.step(); Object.setPrototypeOf(o, Lamp.prototype); return [first, o.step(), o.width];",
	"no prototype":
		"const o = new Base(); const first = o.step(); Object.setPrototypeOf(o, null); return [first, o.step];",
	"a prototype of the lamp's own":
		"const p = { step: () => 1 }; const o = Object.create(p); const first = o.step(); p.step = () => 2; return [first, o.step()];",
	"a frozen table by computed names":
		"const read = (name) => table[name]; return [read('row'), read('none'), read('row'), read('toString') === Object.prototype.toString];",
	"methods of arrays, strings and numbers":
		"return [rows.map((n) => n + 1), [1].concat(rows), 'ab'.at(1), (5).toFixed(1), rows.nothing];",
	"a getter in flash sees the object that is asked":
		"class Wide extends Lamp { get width() { return super.width + this.level; } } const o = new Wide(); o.level = 4; return [o.width, new Wide().width];",
};

const MAIN = `
	${STATE}
	const cases = [${Object.values(CASES).map((body) => `() => { ${body} }`)}];
	export default function () {
		return (kind, now, value) => native.log(JSON.stringify(cases[value]()));
	}`;

/** The same text as Node evaluates it: another engine. */
function byNode(body: string): unknown {
	return JSON.parse(JSON.stringify(new Function(`${STATE} ${body}`)()));
}

describe("a property is found as in any other engine", () => {
	const creation = { ...CREATION, chunkBytes: 65536, slots: 4096 };
	const street = Street.of(imageOf(MAIN, { creation }), { lamps: 3 });

	test.each(Object.keys(CASES))("%s, in each lamp anew", async (name) => {
		const { fleet } = await street;
		const number = Object.keys(CASES).indexOf(name);
		const from = number * 100;
		for (const lamp of [0, 1, 2]) fleet.boot(lamp, from, "powerOn");
		const wanted = JSON.stringify(byNode(CASES[name]!));
		for (const [turn, lamp] of [0, 1, 0, 2].entries()) {
			// lamp 0 has changed its copies by its second turn
			if (turn === 2) fleet.boot(0, from + 20, "powerOn");
			fleet.post(lamp, from + 10 * turn + 1, 1, number);
			const seen = (await street).run(from + 10 * turn + 9);
			expect([turn, logs(seen, lamp)]).toEqual([turn, [wanted]]);
		}
	});
});
