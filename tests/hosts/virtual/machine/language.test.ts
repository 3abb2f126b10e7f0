import { describe, expect, test } from "@jest/globals";
import { evaluator, imageOf, Street } from "../../../support/xsstreet.js";

/** The same text in XS and in V8; the results are compared as JSON. */
const CREATION = { chunkBytes: 65536, slots: 8192, stackSlots: 1024, keys: 512 };

async function inXs(body: string): Promise<unknown> {
	const street = await Street.of(imageOf(evaluator(body), { creation: CREATION }));
	const [text = "null"] = street.logsOfBoot();
	return JSON.parse(text);
}

function inV8(body: string): unknown {
	const run = new Function(`"use strict"; ${body}`) as () => unknown;
	return JSON.parse(JSON.stringify(run()) ?? "null");
}

const scripts: [what: string, body: string][] = [
	[
		"finally after return",
		"const t = []; const f = () => { try { return 1; } finally { t.push(2); } }; return [f(), t];",
	],
	[
		"finally that returns over a return",
		"return (() => { try { return 1; } finally { return 2; } })();",
	],
	[
		"finally that returns over a throw",
		"return (() => { try { throw 1; } finally { return 2; } })();",
	],
	[
		"nested finally with break and continue",
		`const t = [];
		outer: for (let i = 0; i < 4; i++) {
			for (let j = 0; j < 4; j++) {
				try {
					try { if (j === 1) continue; if (j === 2) break; if (i === 2) continue outer; if (i === 3) break outer; t.push([i, j]); }
					finally { t.push("a" + i + j); }
				} finally { t.push("b" + i + j); }
			}
		}
		return t;`,
	],
	[
		"throws through three levels, each with its own finally",
		`const t = [];
		const f = (n) => { try { if (!n) throw new Error("deep"); f(n - 1); } catch (e) { t.push(n + e.message); throw new TypeError(e.message + n); } finally { t.push("f" + n); } };
		try { f(3); } catch (e) { t.push(e.name + e.message); }
		return t;`,
	],
	[
		"a catch that throws, with finally",
		`const t = []; try { try { throw 1; } catch (e) { throw e + 1; } finally { t.push("f"); } } catch (e) { t.push(e); } return t;`,
	],
	[
		"locals keep what they had when it was thrown",
		`let a = 0, r = []; for (let i = 0; i < 5; i++) { let b = i; try { a += i; b *= 10; if (i % 2) throw a; b++; } catch (e) { b += e; } r.push([a, b]); } return r;`,
	],
	[
		"a generator, taken apart",
		"function* g() { const x = yield 1; yield x * 2; return 3; } const i = g(); return [i.next(), i.next(21), i.next(), i.next()];",
	],
	[
		"return of a generator inside try",
		`const t = []; function* g() { try { yield 1; yield 2; } finally { t.push("closed"); yield 9; } }
		const i = g(); return [i.next(), i.return(7), i.next(), i.next(), t];`,
	],
	[
		"throw into a generator inside try",
		`function* g() { for (let n = 0; ; n++) { try { yield n; } catch (e) { n += e; yield "caught" + n; } } }
		const i = g(); return [i.next(), i.throw(10), i.next(), i.next(), i.throw(5)];`,
	],
	[
		"delegation with its result",
		"function* a() { const r = yield* b(); yield r; } function* b() { yield 1; return 2; } return [...a()];",
	],
	[
		"break out of for-of closes the iterator",
		"const t = []; function* g() { try { yield 1; yield 2; } finally { t.push('end'); } } for (const x of g()) { t.push(x); break; } return t;",
	],
	[
		"destructuring closes it, too",
		"const t = []; function* g() { try { yield 1; yield 2; } finally { t.push('end'); } } const [a] = g(); return [a, t];",
	],
	[
		"closures in a loop have their own variable",
		"const f = []; for (let i = 0; i < 3; i++) f.push(() => i++); return [f[0](), f[0](), f[1](), f[2]()];",
	],
	[
		"closures share what they share",
		"const make = () => { let n = 0; return [() => ++n, () => n]; }; const [up, get] = make(); up(); up(); return get();",
	],
	["the temporal dead zone", "try { x; let x = 1; } catch (e) { return e.name; }"],
	[
		"default parameters see each other",
		"return ((a, b = a + 1, c = () => a + b) => { a = 10; return c(); })(1);",
	],
	[
		"classes, fields, private names, accessors",
		"class A { #x = 1; y = this.#x + 1; get x() { return this.#x; } set x(v) { this.#x = v; } static z = 5; has(o) { return #x in o; } } class B extends A { constructor() { super(); this.x = 7; } get x() { return super.x * 2; } set x(v) { super.x = v; } } const b = new B(); return [b.x, b.y, A.z, b.has({}), b.has(b)];",
	],
	[
		"labelled blocks and switch",
		"const t = []; for (const x of [1, 2, 3, 4]) switch (x) { case 2: t.push('two'); case 3: t.push('fall'); break; default: t.push(x); } return t;",
	],
	[
		"optional chaining and nullish assignment",
		"const o = { a: { b: 0 } }; o.a.b ||= 5; o.a.c ??= 6; return [o?.a?.b, o.x?.y.z, o.a.c, null ?? 1];",
	],
	[
		"spread and rest",
		"const f = (a, ...r) => [a, r]; return [f(...[1, 2, 3]), { ...{ a: 1, b: 2 }, b: 3 }, [...'añ€😀']];",
	],
	[
		"errors of errors",
		"const e = new Error('a', { cause: 'b' }); try { null.x; } catch (x) { return [e.cause, x instanceof TypeError, String(e)]; }",
	],
	[
		"JSON both ways",
		`return [JSON.parse('{"a":[1,2,{"b":null}],"c":"\\\\u00e9\\\\ud83d\\\\ude00"}'), JSON.stringify({ u: undefined, f() {}, d: new Date(0), n: NaN, s: '\\u2028' }), JSON.stringify([1, [2]], null, 1)];`,
	],
	[
		"sorting is stable",
		"return Array.from({ length: 40 }, (_, i) => [i % 3, i]).sort((a, b) => a[0] - b[0]).map((x) => x[1]);",
	],
	[
		"regular expressions",
		String.raw`return ["2026-11-24T20:00Z".match(/(\d+)-(\d+)-(\d+)T(?<h>\d+)/).slice(1), "aXbXc".split(/X/), "a1b22".replace(/\d+/g, (d) => d.length), [..."x1y2".matchAll(/[a-z](\d)/g)].map((m) => m[1]), /^\p{L}+$/u.test("été")];`,
	],
	[
		"typed arrays",
		"const u = new Uint8Array([1, 300, -1]); const d = new DataView(new ArrayBuffer(8)); d.setFloat32(0, 1.1); return [[...u], [...new Uint8ClampedArray([300, -5, 1.5])], d.getUint32(0), u.subarray(1).length, [...new Int16Array(u)]];",
	],
	[
		"maps keep their order",
		"const m = new Map([['b', 1], ['a', 2]]); m.delete('b'); m.set('b', 3); return [...m];",
	],
	[
		"big integers",
		"return [String(2n ** 100n), String(-7n / 2n), String(BigInt.asUintN(64, -1n)), 5n > 4];",
	],
	[
		"dates in UTC",
		"const d = new Date(Date.UTC(2024, 1, 29, 23, 59, 59, 999)); return [d.toISOString(), d.getUTCDay(), new Date(d.getTime() + 1).toISOString(), Date.parse('2026-11-24T20:00:00.000+01:00')];",
	],
	["tagged templates", "const tag = (s) => s.raw; return tag`a\\n`;"],
];

const numbers: [what: string, body: string][] = [
	[
		"around 2^31",
		"return [2147483647, 2147483648, 2147483647 + 1, -2147483648 - 1, 2147483648 | 0, 4294967295 >>> 0, 4294967296 >>> 0, 2147483647 * 2, -2147483648 / -1, 1 << 31, 2 ** 31 % 7];",
	],
	[
		"counting over 2^31",
		"let n = 2147483640; const r = []; for (let i = 0; i < 16; i++) r.push(n++); for (let i = 0; i < 3; i++) r.push(-n--); return r;",
	],
	[
		"around 2^53",
		"return [9007199254740991, 9007199254740992, 9007199254740994, 9007199254740991 + 2, -9007199254740994, 2 ** 53 - 1, Number.MAX_SAFE_INTEGER + 1.5];",
	],
	[
		"1e21 and beyond, read from the source",
		"return [1e21, 123456789012345680000, 4294967295, 4294967296, 1e20, 1e22, 0x7fffffff, 0xffffffff, 0x100000000, 1.7976931348623157e308, 5e-324, 1e400, 0.1 + 0.2].map(String);",
	],
	[
		"read from text",
		"return ['1e21', '4294967295', '2147483648', '-0', '0x1F', '  12 ', '', 'x', '1e-7', '.5', '5.', '1_0', '9007199254740995.5', '179769313486231580793e289'].map((t) => String(Number(t)));",
	],
	[
		"parseInt and parseFloat",
		"return [parseInt('4294967296'), parseInt('-2147483649'), parseInt('1e3'), parseInt('ff', 16), parseFloat('1e21x'), parseFloat('-.5e-3')];",
	],
	[
		"printed",
		"return [1e21, 1e-7, 123456.789, 0.000001, 1 / 3, 100, -0, 1e300, 2 ** 31, 2 ** 53].map(String);",
	],
	[
		"toFixed",
		"return [1.005.toFixed(2), (1e20).toFixed(2), (2.5).toFixed(0), (123.456).toFixed(1), (-1.5).toFixed(0)];",
	],
	[
		"in other bases",
		"return [(255).toString(16), (2 ** 40).toString(2), (-255).toString(36), (0.5).toString(2)];",
	],
	[
		"rounding",
		"return [Math.round(2.5), Math.round(-2.5), Math.round(0.49999999999999994), Math.trunc(-4.7), Math.floor(-0.5), Math.sign(-3), Math.hypot(3, 4), Math.fround(5.5), Math.imul(0xffffffff, 5), Math.clz32(1)];",
	],
	[
		"division and remainders",
		"return [7 % -3, -7 % 3, 5.5 % 2, 1 / 0, -1 / 0, 0 / 0].map(String);",
	],
	[
		"comparisons",
		"return [NaN === NaN, Object.is(-0, 0), Object.is(NaN, NaN), 2147483648 > 2147483647, '10' < '9', null >= 0];",
	],
	[
		"times of a day in milliseconds past 2^31 and 2^32",
		"const r = []; for (const t of [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 0.5]) r.push(t + 1, t - 2 ** 31, Math.floor(t / 86400000), t % 1000); return r;",
	],
];

describe("XS does what V8 does", () => {
	test.each(scripts)("%s", async (_what, body) => {
		expect(await inXs(body)).toEqual(inV8(body));
	});
});

describe("numbers are the same, from the source text to the print", () => {
	test.each(numbers)("%s", async (_what, body) => {
		expect(await inXs(body)).toEqual(inV8(body));
	});

	// Where XS itself differs, the device differs likewise; whoever relies on V8 here is wrong there.
	const quirks: [what: string, body: string, xs: unknown][] = [
		["toPrecision of an integer", "return (123).toPrecision(6);", "123.0"],
		["toFixed(0) of a half below one", "return (0.5).toFixed(0);", "0."],
		["a decimal text halfway is rounded up", "return [9007199254740993];", [9007199254740994]],
	];
	test.each(quirks)("a quirk that the device shares: %s", async (_what, body, xs) => {
		expect(await inXs(body)).toEqual(xs);
		expect(inV8(body)).not.toEqual(xs);
	});
});
