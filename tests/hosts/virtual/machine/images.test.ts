/** Images in virtual machines: two slots, the bootloader's rule, and power that fails at any byte. */
import { describe, expect, test } from "@jest/globals";
import { EFFECT, INPUT, POWER_CAUSE } from "../../../../hosts/virtual/protocol.js";
import { deaths, imageOf, logs, Street } from "../../../support/xsstreet.js";

/** Boots and says its cause and whether it is on probation; obeys words over the serial line. */
const LAMP = `
	export default function () {
		const line = new Uint8Array(64);
		native.log(native.powerCause() + " " + native.imageState());
		return (kind) => {
			if (kind !== ${INPUT.serialReadable}) return;
			const words = native.utf8Decode(line, 0, native.serialRead(line)).split(" ");
			const piece = new Uint8Array(64).fill(7);
			const first = words[0] === "die" ? [68, 73, 69, 83] : [1, 2, 3, 4];
			if (words[0] !== "install" && words[0] !== "die")
				native.log(String(native[words[0]](...words.slice(1).map(Number))));
			else {
				native.imageBegin(256);
				for (let i = 0; i < 4; i++) {
					piece.set(i ? [] : first);
					native.imageWrite(piece, 0, 64);
				}
				native.log(String(native.imageActivate()));
			}
		};
	}`;

const CAUSES = Object.fromEntries(POWER_CAUSE.map((name, number) => [number, name]));

class ImageRig {
	at = 0;
	ended: string[] = [];
	private constructor(readonly street: Street) {}
	static async of(): Promise<ImageRig> {
		return new ImageRig(await Street.of(imageOf(LAMP)));
	}
	/** What it says at its boot: why it boots, and how its image stands. */
	boot(cause: (typeof POWER_CAUSE)[number]): string | undefined {
		this.street.fleet.boot(0, ++this.at, cause);
		const [logLine] = logs(this.run());
		return logLine?.replace(/^\d/, (digit) => CAUSES[digit]!);
	}
	say(text: string): string | undefined {
		this.street.post(0, ++this.at, INPUT.serialReadable, 0, text);
		return logs(this.run())[0];
	}
	private run() {
		const seen = this.street.run(this.at);
		this.ended = [
			...deaths(seen).map(([death]) => death),
			...seen.filter(({ kind }) => kind === EFFECT.restart).map(({ bytes }) => bytes.toString()),
		];
		return seen;
	}
}

describe("two slots of firmware", () => {
	test("a whole image boots on probation, and stays once it is kept", async () => {
		const pole = await ImageRig.of();
		expect(pole.boot("powerOn")).toBe("powerOn 0");
		expect([pole.say("install"), pole.boot("restart")]).toEqual(["true", "update 1"]);
		expect([pole.say("imageKeep"), pole.boot("powerOn")]).toEqual(["true", "powerOn 0"]);
	});
	test.each(["powerOn", "crash", "watchdog", "brownout", "restart"] as const)(
		"one that is not kept is gone back from at the next boot, be it by %s",
		async (cause) => {
			const pole = await ImageRig.of();
			pole.boot("powerOn");
			pole.say("install");
			expect([pole.boot("restart"), pole.boot(cause)]).toEqual(["update 1", `${cause} 0`]);
			expect(pole.boot("restart")).toBe("restart 0"); // it does not come back by itself
		},
	);
	test("on probation the other slot is not written", async () => {
		const pole = await ImageRig.of();
		pole.boot("powerOn");
		pole.say("install");
		pole.boot("restart");
		expect(pole.say("imageBegin 16")).toBe("false");
	});
	test("an image that dies at its first boot is gone back from", async () => {
		const pole = await ImageRig.of();
		pole.boot("powerOn");
		expect([pole.say("die"), pole.boot("restart")]).toEqual(["true", undefined]);
		expect([pole.ended, pole.boot("crash")]).toEqual([["uncaughtException"], "crash 0"]);
	});
	test.each([
		[
			"a slot holds 1,900,544 bytes",
			["imageBegin 1900545", "imageBegin 1900544"],
			["false", "true"],
		],
		["nothing is no image", ["imageBegin 0", "imageActivate"], ["false", "false"]],
		["half an image is none", ["imageBegin 16", "imageActivate"], ["true", "false"]],
	])("%s", async (_why, args, answers) => {
		const pole = await ImageRig.of();
		pole.boot("powerOn");
		expect(args.map((word) => pole.say(word))).toEqual(answers);
	});
	test("whatever byte the power fails at, the image that ran before boots, or the whole new one", async () => {
		const pole = await ImageRig.of();
		pole.boot("powerOn");
		const WHOLE = 256 + 32; // and its entry
		for (let at = 0; at <= WHOLE; at += 16) {
			pole.street.fleet.armPowerCut(0, at);
			pole.say("install");
			expect(pole.ended).toEqual(at < WHOLE ? ["powerCut"] : []);
			if (at === WHOLE) pole.street.fleet.cut(0, ++pole.at);
			expect([at, pole.boot("powerOn")]).toEqual([at, at < WHOLE ? "powerOn 0" : "powerOn 1"]);
		}
	});
	test("power that fails while it is kept leaves it on probation: the one before boots", async () => {
		const pole = await ImageRig.of();
		pole.boot("powerOn");
		pole.say("install");
		pole.boot("restart");
		pole.street.fleet.armPowerCut(0, 31);
		pole.say("imageKeep");
		expect([pole.ended, pole.boot("powerOn")]).toEqual([["powerCut"], "powerOn 0"]);
	});
});
