/** A minute by the wall at each speed of the page: someone asks one lamp after another, each 1.5 s. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { pause } from "../../support/until.js";
import { freePort, type Program, simulator } from "../support/programs.js";

const LAMPS = 12;
const PACE = 1_500;
let street: Program;
let url: string;

beforeAll(async () => {
	const port = await freePort();
	street = simulator("--lamps", String(LAMPS), "--seed", "7", "--port", String(port));
	[, url] = (await street.says(/page: (http:\S+)/)) as unknown as [string, string];
	await post("/speed", { speed: 60 });
	await pause(5_000); // all connect
});

afterAll(() => street?.stop("SIGINT"));

async function post(path: string, body: unknown): Promise<number> {
	const headers = { "Content-Type": "application/json" };
	const init = { method: "POST", headers, body: JSON.stringify(body) };
	const response = await fetch(new URL(path, url), init);
	await response.arrayBuffer();
	return response.status;
}

test.each([1, 10, 60, 600, null])("at a speed of %j (null: the most)", async (speed) => {
	expect(await post("/speed", { speed })).toBe(204);
	const answers: Promise<number>[] = [];
	for (let asked = 0; asked * PACE < MINUTE; asked++) {
		const lamp = 1 + (asked % LAMPS);
		answers.push(post("/explain", { lamp }), post("/preview", { lamp }));
		expect(await post("/serial", { lamp, text: "\r" })).toBe(204);
		await pause(PACE);
	}
	const statuses = await Promise.all(answers);
	expect(statuses).toEqual(statuses.map(() => 200));
});

test("the run lived to the end, and no lamp died", async () => {
	expect(await street.stop("SIGINT")).not.toBe(3);
	expect(street.output).toMatch(/deaths 0/);
});
