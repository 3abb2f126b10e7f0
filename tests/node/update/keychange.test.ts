/** Key changes: which list of keys is put on trial, what proves it, and that no key in a safe is lost. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { LIGHT_LEAD_TIME } from "../../../src/lighting/fade.js";
import { keyName } from "../../../src/update/keys.js";
import { Signer } from "../../support/images.js";
import { IMAGE, ImageRig } from "./imagerig.js";

const [USED, SAFE, NEW, OTHER] = [new Signer(), new Signer(), new Signer(), new Signer()];
const idOf = ({ id }: Signer) => keyName(id);
const PRESENT = [idOf(USED), idOf(SAFE)];

class KeyRig extends ImageRig {
	private listCount = 0;

	constructor(keys = [USED, SAFE]) {
		super();
		this.host.stored.set("update.key", keys.map(({ text }) => text).join("\n"));
		this.boot();
		this.day();
	}

	/** A list arrives, and is verified. */
	send(keys: string, id = `k${(this.listCount += 1)}`): void {
		const text = JSON.stringify({ id, keys });
		this.host.arrive((now) => this.node.updater.onOffer(text, now));
		this.host.deliver(() => {});
		this.pass(2 * MINUTE);
	}

	get names(): readonly string[] {
		return this.node.updater.keyNames;
	}

	get said(): object[] {
		return this.emitted
			.filter(({ type }) => type === "updateKeys" || type === "updateFailed")
			.map(({ attributes }) => attributes);
	}
}

/** On trial: NEW takes the place of USED. */
function onTrial(): KeyRig {
	const lamp = new KeyRig();
	lamp.send(USED.list([NEW, SAFE], 1));
	return lamp;
}

describe("a list of keys", () => {
	test("of a key that the lamp holds is on trial beside the present one", () => {
		const lamp = onTrial();
		const keys = [NEW, SAFE].map(idOf).join(" ");
		expect(lamp.said).toEqual([{ state: "tried", counter: 1, keys }]);
		expect(lamp.names).toEqual([...PRESENT, `+${idOf(NEW)}`]);
		lamp.boot();
		expect(lamp.names).toEqual([...PRESENT, `+${idOf(NEW)}`]);
	});
	// security: the keys of images can be replaced
	test("takes its place once a new key signed it, too", () => {
		const lamp = onTrial();
		lamp.send(NEW.list([NEW, SAFE], 1));
		expect(lamp.said.at(-1)).toMatchObject({ state: "kept", counter: 1 });
		expect(lamp.names).toEqual([idOf(NEW), idOf(SAFE)]);
		expect(lamp.host.stored.has("update.try")).toBe(false);
		lamp.send(USED.list([USED, SAFE], 2));
		expect(lamp.said.at(-1)).toEqual({ reason: "unknownKey", final: true });
	});
	test("takes its place once an image of a new key was kept", () => {
		const lamp = onTrial();
		lamp.offer({}, NEW.header(IMAGE));
		lamp.pass(20 * MINUTE);
		lamp.host.imageState = "probation";
		lamp.boot("update");
		lamp.host.arrive((now) => lamp.node.updater.onSubscribed(now));
		lamp.pass(HOUR);
		expect(lamp.types).toContain("updateKept");
		expect(lamp.names).toEqual([idOf(NEW), idOf(SAFE)]);
	});
	test("that is on trial refuses no image of the present keys, and accepts those of new ones", () => {
		for (const signer of [USED, SAFE, NEW]) {
			const lamp = onTrial();
			lamp.offer({}, signer.header(IMAGE));
			lamp.pass(MINUTE);
			expect(lamp.types).toContain("updateActivated");
			expect(lamp.failures).toEqual([]);
		}
	});
	const forged = (list: string) => {
		const bytes = Buffer.from(list, "base64");
		bytes[20]! ^= 1;
		return bytes.toString("base64");
	};
	test.each<[why: string, reason: string, list: () => string]>([
		["of a key that the lamp does not hold", "unknownKey", () => OTHER.list([OTHER], 1)],
		[
			"of a stranger under a known id",
			"wrongSignature",
			() => OTHER.list([OTHER, SAFE], 1, { keyId: USED.id }),
		],
		["with a flipped bit", "wrongSignature", () => forged(USED.list([NEW, SAFE], 1))],
		["that leaves out the key in the safe", "laterKeyMissing", () => USED.list([NEW], 1)],
		[
			"that moves the key in the safe before its own",
			"laterKeyMissing",
			() => USED.list([SAFE, NEW], 1),
		],
		[
			"that puts a key behind the one in the safe",
			"laterKeyMissing",
			() => USED.list([NEW, SAFE, OTHER], 1),
		],
		["with the counter of the factory", "olderCounter", () => USED.list([NEW, SAFE], 0)],
		["with a counter far away", "olderCounter", () => USED.list([NEW, SAFE], 1001)],
		["without a key", "malformed", () => USED.list([], 1)],
		["of four keys", "malformed", () => USED.list([NEW, OTHER, USED, SAFE], 1)],
		["that is the header of an image", "malformed", () => USED.header(IMAGE)],
		["that is no base 64", "malformed", () => "?"],
	])("%s is refused: %s", (_why, reason, list) => {
		const lamp = new KeyRig();
		lamp.send(list());
		expect(lamp.said).toEqual([{ reason, final: true }]);
		expect([lamp.names, lamp.host.stored.has("update.try")]).toEqual([PRESENT, false]);
	});
	// security: the keys of images can be replaced
	test("of the key in the safe replaces all, also one that a thief put on trial", () => {
		const lamp = onTrial();
		lamp.send(SAFE.list([OTHER], 1));
		expect(lamp.said.at(-1)).toEqual({ reason: "olderCounter", final: true });
		lamp.send(SAFE.list([OTHER], 2));
		lamp.send(OTHER.list([OTHER], 2));
		expect(lamp.names).toEqual([idOf(OTHER)]);
		lamp.send(NEW.list([NEW, SAFE], 1));
		expect([lamp.said.at(-1), lamp.names]).toEqual([
			{ reason: "unknownKey", final: true },
			[idOf(OTHER)],
		]);
	});
	test("of a key on trial is refused, until that key is kept", () => {
		const lamp = onTrial();
		lamp.send(NEW.list([NEW, USED, SAFE], 2));
		expect(lamp.said.at(-1)).toEqual({ reason: "unknownKey", final: true });
	});
	test("that was left on trial by an older counter accepts no image", () => {
		const lamp = new KeyRig();
		const text = (counter: number, keys: readonly Signer[]) =>
			[`#counter ${counter}`, ...keys.map((each) => each.text)].join("\n");
		lamp.host.stored.set("update.key", text(2, [USED, SAFE]));
		lamp.host.stored.set("update.try", text(1, [OTHER, SAFE]));
		lamp.boot();
		lamp.day();
		lamp.offer({}, OTHER.header(IMAGE));
		lamp.pass(MINUTE);
		expect(lamp.said).toEqual([{ reason: "unknownKey", final: true }]);
	});
	test("that is delivered again, in this life or the next, changes nothing and is no event", () => {
		const lamp = onTrial();
		const { length } = lamp.said;
		lamp.send(USED.list([NEW, SAFE], 1));
		lamp.boot();
		lamp.send(USED.list([NEW, SAFE], 1));
		expect(lamp.said).toHaveLength(length);
		lamp.send(NEW.list([NEW, SAFE], 1));
		lamp.send(NEW.list([NEW, SAFE], 1));
		expect(lamp.said).toHaveLength(length + 1);
	});
	test("of a retired key is refused", () => {
		const lamp = new KeyRig();
		lamp.host.stored.set("update", `1 1 ${SAFE.id} 0123456789abcdef 0.1.0 - - - 0 0 0`);
		lamp.boot();
		lamp.send(USED.list([NEW, SAFE], 1));
		expect(lamp.said).toEqual([{ reason: "retiredKey", final: true }]);
	});
	test("that the store refuses leaves the present one, and says so", () => {
		const lamp = new KeyRig();
		lamp.host.storeFails = true;
		lamp.send(USED.list([NEW, SAFE], 1));
		lamp.host.storeFails = false;
		expect([lamp.names, lamp.said]).toEqual([PRESENT, []]);
	});
	test("is verified in light, 2 s after it came; the next a minute later", () => {
		const lamp = new KeyRig();
		const verified: [at: number, level: number][] = [];
		const { ecdsaVerify } = lamp.host.crypto;
		lamp.host.crypto.ecdsaVerify = (...args) => {
			verified.push([lamp.host.now, lamp.node.view.light.actual]);
			return ecdsaVerify(...args);
		};
		lamp.day(0.1);
		lamp.pass(3 * HOUR);
		const began = lamp.host.now;
		const list = (keys: readonly Signer[], counter: number, id: string) => {
			const text = JSON.stringify({ id, keys: USED.list(keys, counter) });
			lamp.host.arrive((now) => lamp.node.updater.onOffer(text, now));
			lamp.host.deliver(() => {});
		};
		list([NEW, SAFE], 1, "a");
		lamp.pass(10_000);
		list([OTHER, SAFE], 2, "b");
		lamp.pass(2 * MINUTE);
		const full = lamp.node.settings.maxLevel;
		expect(verified.map(([at]) => at - began)).toEqual([LIGHT_LEAD_TIME, LIGHT_LEAD_TIME + MINUTE]);
		expect(verified.map(([, level]) => level)).toEqual([full, full]);
	});
	// security: the keys of images can be replaced
	test("cut by a loss of power between its two writes is whole", () => {
		const lamp = onTrial();
		const tried = lamp.host.stored.get("update.try")!;
		lamp.send(NEW.list([NEW, SAFE], 1));
		lamp.host.stored.set("update.try", tried); // it was not erased
		lamp.boot();
		expect(lamp.names).toEqual([idOf(NEW), idOf(SAFE)]);
	});
	// security: the keys of images can be replaced
	test("by whatever lists of the key in use: the one in the safe stays", () => {
		const lamp = new KeyRig();
		const signers = [USED, NEW, OTHER, SAFE];
		const list = fc.record({
			by: fc.constantFrom(USED, NEW, OTHER),
			keys: fc.array(fc.constantFrom(...signers), { minLength: 1, maxLength: 3 }),
			counter: fc.nat(5),
		});
		fc.assert(
			fc.property(list, ({ by, keys, counter }) => {
				lamp.send(by.list(keys, counter));
				expect(lamp.names).toContain(idOf(SAFE));
			}),
			{ numRuns: 60 },
		);
	});
});
