/**
 * Heap: the contents of flash as the linker of the SDK writes them (`mc.xs.c`), by module.
 *
 * A preloaded slot takes 16 bytes. The code of a function and a text stand beside the slots, equal
 * ones once. The statements of a preloaded module run in the linker: their code is not in flash.
 */

/** Bytes of slots, and of tables by the declarations of XS 17 on a controller of 32 bits. */
export const SLOT_BYTES = 16;
const KEY_BYTES = 6; // a pointer and a colour
const BUILDER_BYTES = 12;
const SCRIPT_BYTES = 36;
const POINTER_BYTES = 4;

export const ENGINE = "(engine)";
export const KEYS = "(names)";

export interface Weight {
	slots: number;
	/** Bytes of the functions' code. */
	code: number;
	/** Bytes of texts. */
	text: number;
}

interface Slot {
	readonly kind: string;
	readonly name: string;
	/** Places of other slots: the next of a list first. */
	readonly next: number | undefined;
	readonly refs: readonly number[];
	/** Code or text beside the slot; undefined: none. */
	readonly literal: string | undefined;
	readonly value: string;
}

const SLOT =
	/^\/\* (\d+) \*\/\t\{ (.*?), \{\.ID = (.*?), \.flag = .*?, \.kind = XS_(\w+)_KIND ?\}, \.value = (.*)$/;
const REF = /&gxHeap\[(\d+)\]/g;
const LITERAL = /"(?:[^"\\]|\\.)*"/g;

function slotsIn(source: string): Slot[] {
	const start = source.indexOf("gxHeap[mxHeapCount] = {");
	const slots: Slot[] = [];
	for (const line of source.slice(start, source.indexOf("\n};", start)).split("\n")) {
		const [, at, before, id, kind, value] = SLOT.exec(line) ?? [];
		if (at === undefined) continue;
		const next = /&gxHeap\[(\d+)\]/.exec(before!)?.[1];
		slots[Number(at)] = {
			kind: kind!,
			value: value!,
			name: id!.replace(/^xsID_|^\d+ \/\* | \*\/$/g, ""),
			next: next === undefined ? undefined : Number(next),
			refs: [...value!.matchAll(REF)].map(([, place]) => Number(place)),
			literal: value!.match(LITERAL)?.join(""),
		};
	}
	return slots;
}

/** Bytes of a literal of C, with the zero at its end, on a boundary of four. */
function bytesOf(literal: string): number {
	const plain = literal.replaceAll('""', "").replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)/g, ".");
	return Math.ceil((Buffer.byteLength(plain) - 1) / POINTER_BYTES) * POINTER_BYTES;
}

/** The items of an array stand behind a slot with their count. */
function itemsOf({ kind, value }: Slot): readonly number[] {
	const [, first, count] =
		(kind === "ARRAY" && /gxHeap\[(\d+)\], (\d+)/.exec(value)) || ([] as string[]);
	if (first === undefined) return [];
	return Array.from({ length: Number(count) + 1 }, (_, index) => Number(first) - 1 + index);
}

/** Modules by the place of their instance, in the order in which they were evaluated. */
function modulesIn(slots: readonly (Slot | undefined)[]): Map<number, string> {
	const modules = new Map<number, string>();
	for (const slot of slots) {
		const instance = slot?.kind === "REFERENCE" ? slot.refs[0] : undefined;
		const first = instance === undefined ? undefined : slots[instance]?.next;
		if (first !== undefined && slots[first]?.kind === "MODULE") modules.set(instance!, slot!.name);
	}
	return modules;
}

const placesIn = (source: string, table: string): number[] => {
	const start = source.indexOf(`${table} = {`);
	const text = source.slice(start, source.indexOf("\n};", start));
	return [...text.matchAll(REF)].map(([, place]) => Number(place));
};

/**
 * The weight of each module, and those of the engine and of the names of properties. A slot belongs to the
 * first module that reaches it, so what a module exports is not its importers'.
 */
export function weights(source: string): Map<string, Weight> {
	const slots = slotsIn(source);
	const modules = modulesIn(slots);
	const all = new Map<string, Weight>();
	const owned = new Set<number>();
	const texts = new Set<string>();
	const take = (from: readonly number[], owner: string): void => {
		const weight = all.get(owner) ?? { slots: 0, code: 0, text: 0 };
		all.set(owner, weight);
		const queue = [...from];
		for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
			const slot = slots[at];
			if (!slot || owned.has(at)) continue;
			owned.add(at);
			weight.slots += 1;
			const { literal, kind, next, refs } = slot;
			if (literal !== undefined && !texts.has(literal)) {
				texts.add(literal);
				weight[kind === "CODE_X" ? "code" : "text"] += bytesOf(literal);
			}
			const others = [...(next === undefined ? [] : [next]), ...refs, ...itemsOf(slot)];
			queue.push(...others.filter((other) => !modules.has(other)));
		}
	};
	const keys = slots.flatMap((slot, at) => (slot?.kind === "KEY_X" ? [at] : []));
	take(keys, KEYS);
	take(placesIn(source, "gxStack[mxStackCount]"), ENGINE);
	for (const [instance, name] of modules) take([instance], name);
	take([...slots.keys()], ENGINE); // symbols, and slots that only tables point to
	all.get(ENGINE)!.slots += countIn(source, "Stack");
	return all;
}

const countIn = (source: string, name: string): number =>
	Number(new RegExp(`#define mx${name}Count (\\d+)`).exec(source)?.[1] ?? Number.NaN);

/** Bytes of the tables beside the slots, and of the modules that are not preloaded. */
export function tableBytes(source: string): number {
	const [, builders = "0"] = /gxBuilders\[(\d+)\]/.exec(source) ?? [];
	const code = [...source.matchAll(/^static const txU1 gxCode\d+\[(\d+)\] = /gm)];
	const [keys, names, symbols, scripts] = ["Keys", "Names", "Symbols", "Scripts"].map((name) =>
		countIn(source, name),
	);
	return (
		keys! * KEY_BYTES +
		(names! + symbols!) * POINTER_BYTES +
		Number(builders) * BUILDER_BYTES +
		scripts! * SCRIPT_BYTES +
		code.reduce((sum, [, bytes]) => sum + Number(bytes), 0)
	);
}

/** Bytes of all contents of flash: slots, code, texts and tables. */
export function contentsOf(source: string): number {
	let bytes = tableBytes(source);
	for (const { slots, code, text } of weights(source).values())
		bytes += slots * SLOT_BYTES + code + text;
	return bytes;
}
