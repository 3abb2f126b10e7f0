import { describe, expect, test } from "@jest/globals";
import { imageOf, logs, Street } from "../../../support/xsstreet.js";

/** State of every kind, made at load; each tries to change it at run time. */
const STATE = `
	const log = [];
	export const tries = {
		object: [() => objects.a, () => { objects.a++; }],
		nested: [() => objects.deep.list.length, () => { objects.deep.list.push(1); }],
		added: [() => objects.added, () => { objects.added = (objects.added ?? 0) + 1; }],
		array: [() => array.join(), () => { array.push(array.length); array[0] = 9; }],
		sparse: [() => sparse.length, () => { sparse[99] = 1; }],
		variable: [() => counter, () => { counter++; }],
		closure: [() => closure.get(), () => closure.add()],
		classStatic: [() => Counted.count, () => { Counted.count++; }],
		classPrivateStatic: [() => Counted.hidden, () => { Counted.hidden = 5; }],
		instance: [() => instance.n, () => { instance.n++; }],
		privateField: [() => instance.secret, () => { instance.secret++; }],
		prototype: [() => typeof Counted.prototype.planted, () => { Counted.prototype.planted = 1; }],
		functionProperty: [() => typeof fn.mark, () => { fn.mark = 1; }],
		arrayPrototype: [() => typeof [].planted, () => { Array.prototype.planted = 1; }],
		objectPrototype: [() => typeof ({}).planted, () => { Object.prototype.planted = 1; }],
		mathObject: [() => typeof Math.planted, () => { Math.planted = 1; }],
		map: [() => map.size, () => { map.set("k" + map.size, 1); }],
		set: [() => set.size, () => { set.add(set.size); }],
		weakMap: [() => weak.has(key), () => { weak.set(key, 1); }],
		weakSet: [() => weakSet.has(key), () => { weakSet.add(key); }],
		freshWeakMap: [() => 0, () => { new WeakMap().set(frozenKey, 1); }],
		typedArray: [() => bytes.join(), () => { bytes[0]++; }],
		typedFill: [() => bytes.join(), () => { bytes.fill(7); }],
		typedNative: [() => bytes.join(), () => { native.random(bytes); }],
		floats: [() => floats[0], () => { floats[0] = 3.5; }],
		buffer: [() => new Uint8Array(buffer)[0], () => { new Uint8Array(buffer)[0] = 4; }],
		dataView: [() => view.getUint8(0), () => { view.setUint8(0, 8); }],
		date: [() => date.getTime(), () => { date.setTime(77); }],
		dateParts: [() => date.getUTCFullYear(), () => { date.setUTCFullYear(1999); }],
		arrayIterator: [() => JSON.stringify(arrayIterator.next()), () => { arrayIterator.next(); arrayIterator.next(); }],
		mapIterator: [() => JSON.stringify(mapIterator.next()), () => { mapIterator.next(); mapIterator.next(); }],
		stringIterator: [() => JSON.stringify(stringIterator.next()), () => { stringIterator.next(); stringIterator.next(); }],
		matchIterator: [() => JSON.stringify(matchIterator.next()), () => { matchIterator.next(); matchIterator.next(); }],
		weakRef: [() => typeof weakRef.deref(), () => { weakRef.deref(); }],
		registry: [() => 0, () => { registry.register({}, 1); }],
		promise: [() => 0, () => { promise.then(() => {}); }],
		bound: [() => bound(), () => { bound.x = 1; bound(); }],
		resize: [() => buffer.byteLength, () => { buffer.resize(4); }],
		detach: [() => buffer.byteLength, () => { buffer.transfer(); }],
		swapped: [() => array.length, () => { [array[0], array[1]] = [array[1], array[0]]; array.length = 1; }],
		copied: [() => unsorted.join(), () => { unsorted.copyWithin(0, 1); unsorted.reverse(); unsorted.splice(0, 1); }],
		regexp: [() => regexp.lastIndex, () => { regexp.exec("aaa"); }],
		regexpMatch: [() => "xay".replace(/a/, "b"), () => { /(a)(b)?/.exec("ab"); plain.exec("zz1"); }],
		error: [() => error.message, () => { error.message = "changed"; }],
		boxed: [() => typeof boxed.x, () => { boxed.x = 1; }],
		args: [() => typeof args, () => { args[0] = 5; }],
		symbolKey: [() => objects[symbol], () => { objects[symbol] = 2; }],
		global: [() => typeof globalThis.planted, () => { globalThis.planted = 1; }],
		loadedGlobal: [() => atLoad.n, () => { atLoad.n++; }],
		proxy: [() => proxied.a, () => { proxied.a++; }],
		accessor: [() => objects.twice, () => { objects.twice = 4; }],
		deletion: [() => "gone" in objects, () => { delete objects.gone; }],
		sorted: [() => unsorted.join(), () => { unsorted.sort(); }],
		frozen: [() => frozen.a, () => { frozen.a = 2; }],
		stamped: [() => 0, () => { new Stamp(frozenKey); }],
		defined: [() => typeof objects.d, () => { Object.defineProperty(objects, "d", { value: 1 }); }],
		prototypeOf: [() => typeof objects.inherited, () => { Object.setPrototypeOf(objects, { inherited: 1 }); }],
		bigint: [() => String(big.n), () => { big.n += 2n ** 70n; }],
		template: [() => tag().n, () => { tag().n++; }],
		namespaceLet: [() => exported, () => { exported++; }],
		generatorFunction: [() => [...gen()].join(), () => { gen.prototype.next = null; }],
		serial: [() => typeof native.extra, () => { native.extra = 1; }],
		nativeDoor: [() => typeof native.log, () => { native.log = null; }],
	};
	const symbol = Symbol("key");
	const objects = { a: 1, deep: { list: [1, 2] }, gone: 1, [symbol]: 1, x: 1,
		get twice() { return this.x * 2; }, set twice(v) { this.x = v / 2; } };
	const array = [1, 2, 3], sparse = [, , 1], unsorted = [3, 1, 2];
	let counter = 0;
	export let exported = 0;
	const closure = (() => { let n = 0; return { get: () => n, add: () => { n++; } }; })();
	class Counted {
		static count = 0;
		static #hidden = 0;
		#secret = 0;
		n = 0;
		static get hidden() { return Counted.#hidden; }
		static set hidden(v) { Counted.#hidden = v; }
		get secret() { return this.#secret; }
		set secret(v) { this.#secret = v; }
	}
	const instance = new Counted();
	class Base { constructor(o) { return o; } }
	class Stamp extends Base { #stamp = 1; }
	function fn() {}
	function* gen() { yield 1; yield 2; }
	const map = new Map([["a", 1]]), set = new Set([1]), key = {}, weak = new WeakMap(), weakSet = new WeakSet();
	const frozenKey = Object.freeze({});
	const bytes = new Uint8Array(4), floats = new Float32Array(2), buffer = new ArrayBuffer(8);
	const view = new DataView(new ArrayBuffer(8));
	const arrayIterator = [1, 2, 3][Symbol.iterator](), mapIterator = new Map([[1, 1], [2, 2]]).entries();
	const stringIterator = "abc"[Symbol.iterator](), matchIterator = "aaa".matchAll(/a/g);
	const weakRef = new WeakRef({ a: 1 }), registry = new FinalizationRegistry(() => {});
	const promise = Promise.resolve(1), bound = (() => 5).bind(null);
	const date = new Date(5), regexp = /a/g, plain = /(\\d)/, error = new Error("as it was"), boxed = new String("s");
	const args = (function () { return arguments; })(1, 2);
	globalThis.atLoad = { n: 0 };
	const proxied = new Proxy({ a: 1 }, {});
	const frozen = Object.freeze({ a: 1 });
	const big = { n: 2n ** 80n };
	const sites = { n: 0 };
	function tag() { return sites; }
`;

const MAIN = `
	import { tries } from "./state.js";
	export default function () {
		return (kind, now, value) => {
			const result = {};
			for (const name of Object.keys(tries)) {
				const [read, change] = tries[name];
				let change_ = "changed";
				if (value) {
					try { change(); } catch (e) { change_ = e.constructor.name; }
				}
				let seen;
				try { seen = read(); } catch (e) { seen = "threw " + e.message; }
				result[name] = value ? [seen, change_] : seen;
			}
			native.log(JSON.stringify(result));
		};
	}`;

const creation = { chunkBytes: 65536, slots: 4096, stackSlots: 512, keys: 128 };

describe("two lamps share no state that changes", () => {
	const made = Street.of(imageOf({ "test/state": STATE, "test/main": MAIN }, { creation }), {
		lamps: 2,
	});
	const read = async (
		lamp: number,
		change: 0 | 1,
		at: number,
	): Promise<Record<string, unknown>> => {
		const street = await made;
		street.fleet.post(lamp, at, 1, change);
		const seen = street.run(at);
		const [text = "nothing was logged"] = logs(seen, lamp);
		return JSON.parse(text) as Record<string, unknown>;
	};

	test("whatever a lamp does to what was made at load, another one sees it as it was", async () => {
		(await made).bootAll();
		(await made).run(0);
		const before = await read(1, 0, 1);
		const changed = (await read(0, 1, 2)) as Record<string, [unknown, string]>;
		await read(0, 1, 3);
		const collected = (await made).statistics(0); // collections move nothing that is shared
		expect(collected.slotsLive).toBeGreaterThan(0);
		expect(await read(1, 0, 4)).toEqual(before);
		const effective = Object.keys(before).filter(
			(name) => JSON.stringify(changed[name]![0]) !== JSON.stringify(before[name]),
		);
		// These are a lamp's own after all; the rest is read-only in flash.
		expect(effective).toEqual(expect.arrayContaining(["object", "array", "variable", "dateParts"]));
		const refused = Object.keys(before).filter((name) => changed[name]![1] === "TypeError");
		expect(refused).toEqual(
			expect.arrayContaining([
				"classStatic",
				"prototype",
				"functionProperty",
				"arrayPrototype",
				"objectPrototype",
				"map",
				"set",
				"weakMap",
				"typedArray",
				"typedFill",
				"typedNative",
				"buffer",
				"dataView",
				"regexp",
				"frozen",
				"stamped",
				"nativeDoor",
			]),
		);
	});

	test("a boot finds everything as the image has it", async () => {
		const street = await made;
		await read(0, 1, 10);
		street.fleet.boot(0, 20, "restart");
		street.run(20);
		expect(await read(0, 0, 21)).toEqual(await read(1, 0, 22));
	});
});
