/** The flash that an image takes, counted from a small text as the SDK's linker writes it. */
import { describe, expect, test } from "@jest/globals";
import { contentsOf, ENGINE, KEYS, tableBytes, weights } from "../../../tools/image/heap.js";

const at = (place: number) => `(txSlot*)&gxHeap[${place}]`;
const slot = (place: number, next: string, id: string, kind: string, value: string): string =>
	`/* ${String(place).padStart(4, "0")} */\t{ ${next}, {.ID = ${id}, .flag = 0x8a, .kind = XS_${kind}_KIND}, .value = { ${value} } },`;

/** Two modules: `a` exports a function and a text, `b` uses both and has an array of two. */
const HEAP = [
	slot(0, "NULL", "XS_NO_ID", "REFERENCE", `.reference = ${at(25)}`),
	slot(1, at(2), "4520 /* a */", "REFERENCE", `.reference = ${at(3)}`),
	slot(2, "NULL", "4521 /* b */", "REFERENCE", `.reference = ${at(12)}`),
	slot(3, at(4), "XS_NO_ID", "INSTANCE", ".instance = { NULL, NULL }"),
	slot(4, at(5), "7", "MODULE", ".module = { NULL, 4520 }"),
	slot(5, "NULL", "0", "REFERENCE", `.reference = ${at(6)}`),
	slot(6, at(7), "XS_NO_ID", "INSTANCE", ".instance = { NULL, NULL }"),
	slot(7, at(8), "xsID_f", "EXPORT", `.export = { ${at(9)}, NULL }`),
	slot(8, "NULL", "xsID_t", "EXPORT", `.export = { ${at(11)}, NULL }`),
	slot(9, "NULL", "xsID_f", "REFERENCE", `.reference = ${at(10)}`),
	slot(10, at(20), "XS_NO_ID", "INSTANCE", `.instance = { NULL, ${at(22)} }`),
	slot(11, "NULL", "xsID_t", "STRING_X", '.string = "a\\x0a\\"\\303\\251" '),
	slot(12, at(13), "XS_NO_ID", "INSTANCE", ".instance = { NULL, NULL }"),
	slot(13, at(14), "7", "MODULE", ".module = { NULL, 4521 }"),
	slot(14, at(15), "0", "REFERENCE", `.reference = ${at(10)}`),
	slot(15, "NULL", "0", "REFERENCE", `.reference = ${at(16)}`),
	slot(16, "NULL", "3", "ARRAY", `.array = { ${at(18)}, 2 }`),
	slot(17, "NULL", "XS_NO_ID", "INTEGER", ".integer = 2 * sizeof(txSlot)"),
	slot(18, "(txSlot*)0", "XS_NO_ID", "INTEGER", ".integer = 5"),
	slot(19, "(txSlot*)1", "XS_NO_ID", "STRING_X", '.string = "a\\x0a\\"\\303\\251" '),
	slot(20, at(21), "xsID_f", "CODE_X", '.code = { (txByte*)"\\x0c\\x00\\x9e\\x02", NULL } '),
	slot(21, "NULL", "0", "HOME", `.home = { NULL, ${at(3)} }`),
	slot(22, "NULL", "XS_NO_ID", "INSTANCE", ".instance = { NULL, NULL }"),
	slot(23, "NULL", "XS_NO_ID", "KEY_X", '.key = { "seven__", 0x1 } '),
	slot(24, "NULL", "XS_NO_ID", "UNDEFINED", ".number = 0"),
];
const SOURCE = `#define mxHeapCount 25
#define mxStackCount 2
#define mxKeysCount 3
#define mxNamesCount 4
#define mxSymbolsCount 5
static const txU1 gxCode9[534];
#define mxScriptsCount 6
static const xsHostBuilder gxBuilders[7] = {
};
static const txU1 gxCode9[534] = {
	1,
};
static const txSlot gxHeap[mxHeapCount] = {
${HEAP.join("\n")}
};

static const txSlot gxStack[mxStackCount] = {
	{ NULL, {.ID = XS_NO_ID, .flag = 0x0, .kind = XS_REFERENCE_KIND}, .value = { .reference = ${at(22)} } },
};
`;

describe("what an image takes in flash", () => {
	test("is counted once, by the first module that reaches it", () => {
		expect(Object.fromEntries(weights(SOURCE))).toEqual({
			[KEYS]: { slots: 1, code: 0, text: 8 },
			[ENGINE]: { slots: 1 + 4 + 2, code: 0, text: 0 }, // a prototype, ends and lists, the stack
			a: { slots: 11, code: 8, text: 8 }, // with the zero at the end, on a boundary
			b: { slots: 8, code: 0, text: 0 }, // its text is the same as that of a
		});
	});

	test("has every slot of heap and stack", () => {
		const slots = [...weights(SOURCE).values()].reduce((sum, weight) => sum + weight.slots, 0);
		expect(slots).toBe(25 + 2);
	});

	test("has tables beside the slots, and the code of what is not preloaded", () => {
		const tables = 3 * 6 + (4 + 5) * 4 + 7 * 12 + 6 * 36 + 534;
		expect(tableBytes(SOURCE)).toBe(tables);
		expect(contentsOf(SOURCE)).toBe(tables + (25 + 2) * 16 + 8 + 8 + 8);
	});
});
