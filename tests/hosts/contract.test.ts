/** The contract of `src/host.ts` against the fake host and, inside an XS machine, the virtual one. */
import { describe, expect, test } from "@jest/globals";
import { readImage } from "../../hosts/virtual/engine/image.js";
import { createFleet } from "../../hosts/virtual/fleet/wasmfleet.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { projectRoot } from "../../lib/root.mjs";
import { FakeHost } from "../support/fakehost.js";
import { theEngine } from "../support/xsstreet.js";
import { breachesOf } from "./contract.js";

const NODE = "new Node(host)";

async function inMachine(judge: string): Promise<string[]> {
	const replace = (source: string): string => {
		expect(source.split(NODE)).toHaveLength(2);
		return source.replace(NODE, `(native.log(JSON.stringify((${judge})(host))), ${NODE})`);
	};
	const image = readImage(projectRoot(), { replace: { "host/main": replace } });
	const fleet = createFleet({ image, first: 1, count: 1, seed: 7, epochUtc: 0 }, await theEngine());
	fleet.boot(1, 0, "powerOn");
	fleet.run(0);
	const logs: string[] = [];
	fleet.effects((kind, _at, _lamp, _value, _channel, bytes) => {
		if (kind === EFFECT.log) logs.push(Buffer.from(bytes).toString());
	});
	return JSON.parse(logs[0] ?? '["said nothing"]') as string[];
}

describe("the contract", () => {
	test("is kept by the fake host", () => {
		expect(breachesOf(new FakeHost())).toEqual([]);
	});

	test("is kept by the virtual host, judged in its machine", async () => {
		expect(await inMachine(breachesOf.toString())).toEqual([]);
	});

	const broken: [what: string, breach: RegExp, break_: (host: FakeHost) => void][] = [
		[
			"forgets what it stored",
			/what was written/,
			({ stored }) => void (stored.set = () => stored),
		],
		[
			"throws from a door",
			/memory: threw/,
			(host) => {
				host.machine.freeBytes = () => {
					throw new Error("no");
				};
			},
		],
		["cuts text that does not fit", /no room/, ({ utf8 }) => void (utf8.encode = () => 3)],
	];
	test.each(broken)("notices a host that %s", (_what, breach, break_) => {
		const host = new FakeHost();
		break_(host);
		expect(breachesOf(host).join()).toMatch(breach);
	});
});
