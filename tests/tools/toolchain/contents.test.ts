/** Contents: the linker's own memory behind regular expressions. */
import { expect, test } from "@jest/globals";
import { withoutMemory } from "../../../tools/toolchain/contents.js";

/** Two regular expressions, of two words and of three. */
const linked = (heads: readonly [string, string], table: string) => `#define mxRegExpCount 13
static const txInteger gxRegExpData[mxRegExpCount];
{ .kind = XS_REGEXP_KIND}, .value = { .regexp = { (txInteger*)&gxRegExpData[0], (txInteger*)NULL } }
{ .kind = XS_REGEXP_KIND}, .value = { .regexp = { (txInteger*)&gxRegExpData[6], (txInteger*)NULL } }
static const txInteger ${table}[mxRegExpCount] = {
	0x00000001, 0x7FFFFFFF, ${heads[0]}, 0x00000010, 0x000000A4,
	0x00007FFF, ${heads[1]},
};
`;
const NONE = "0x00000000, 0x00000000, 0x00000000, 0x00000000";
const head = (low: string) => `0x00000190, 0x00000000, ${low}, 0x00007FFF`;

test.each(["0xEFC31890", "0xEFC1A890"])("has none of the memory at %s", (low) => {
	const given = linked([head(low), head(low)], "gxRegExpData");
	expect(withoutMemory(given)).toBe(linked([NONE, NONE], "gxRegExpData"));
});

test("other tables stay", () => {
	const given = linked([head("0xEFC31890"), NONE], "gxBigIntData");
	expect(withoutMemory(given)).toBe(given);
});
