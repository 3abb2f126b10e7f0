/** Decisions: one report at a time; whoever asks meanwhile gets the same one, or a page that waits. */
import { beforeEach, expect, test } from "@jest/globals";
import { Decisions } from "../../../sim/page/server/decisions.js";

/** Reports that are asked for, each ended by the test. */
let asked: { inputs: object; end(html: string): void; fail(why: string): void }[];
let isBusy: boolean;
let decisions: Decisions;

beforeEach(() => {
	[asked, isBusy] = [[], false];
	decisions = new Decisions(
		(inputs) =>
			new Promise((end, reject) => {
				asked.push({ inputs, end, fail: (why) => reject(new Error(why)) });
			}),
	);
});

async function ask(query: string) {
	const fields = Object.fromEntries(new URLSearchParams(query));
	const { status, again_s, body } = await decisions.answer(fields, isBusy);
	return { status, again_s, text: String(body) };
}

test("two requests for the same report: one simulation, the same answer to both", async () => {
	const both = [ask("lang=fr&price=1"), ask("price=1&lang=fr&other=2")];
	expect(asked.map(({ inputs }) => inputs)).toEqual([{ lang: "fr", price: "1" }]);
	asked[0]!.end("<p>made</p>");
	for (const { status, text } of await Promise.all(both))
		expect([status, text]).toEqual([200, "<p>made</p>"]);
	const third = ask("lang=fr&price=1");
	expect(asked).toHaveLength(2); // a report that is over is not kept
	asked[1]!.end("");
	await third;
});

test.each([
	["en", "A report is being made", "Un rapport est en préparation"],
	["fr", "Un rapport est en préparation", "A report is being made"],
])(
	"another report meanwhile, lang=%s: a page in both languages that comes back",
	async (lang, first, second) => {
		const firstReport = ask("from=full");
		const { status, again_s, text } = await ask(`lang=${lang}&from=off`);
		expect([status, again_s]).toEqual([503, 5]);
		expect(text).toMatch(/<meta http-equiv="refresh" content="5">/);
		expect(text).toMatch(new RegExp(`<h1>${first}</h1>.*<h2>${second}</h2>`, "s"));
		expect(text).toMatch(/half a minute/);
		expect(text).toMatch(/une demi-minute/);
		asked[0]!.fail("no such price");
		expect(await firstReport).toMatchObject({ status: 400, text: "no such price" });
		const next = ask(`lang=${lang}&from=off`);
		expect(asked[1]!.inputs).toEqual({ lang, from: "off" });
		asked[1]!.end("mine");
		expect(await next).toMatchObject({ status: 200, text: "mine" });
	},
);

test("a comparison that is being made: the page that waits, and no report yet", async () => {
	isBusy = true;
	expect((await ask("lang=en")).status).toBe(503);
	expect(asked).toEqual([]);
});
