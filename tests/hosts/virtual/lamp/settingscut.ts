/** Settings cut: a revision over the wire in real XS, and power cut anywhere in its writing. */
import { expect } from "@jest/globals";
import mqtt from "mqtt-packet";
import { INPUT } from "../../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../../lib/spans.js";
import { NODE, XsLamp } from "../../../support/xslamp.js";

const LINK = {
	brokerHost: "broker",
	brokerPort: 1883,
	brokerTls: false,
	reconnectSpread: 10,
};

function desired(pole: XsLamp, section: string, settings: object): void {
	const payload = JSON.stringify({ revision: 5, count: 2, settings });
	const topic = `${NODE}/settings/desired/${section}`;
	const head = { cmd: "publish", qos: 1, messageId: 9, dup: false, retain: true } as const;
	pole.send(mqtt.generate({ ...head, topic, payload }));
}

/** A lamp at 30 % is sent a floor of 60 % and other watts; power goes after `bytes` of flash. */
async function sent(bytes: number): Promise<XsLamp> {
	const pole = await XsLamp.of();
	pole.store("link", LINK);
	pole.boot().untilOnline();
	pole.run(pole.now + MINUTE);
	if (bytes < Infinity) pole.fleet.armPowerCut(1, bytes);
	desired(pole, "light", { floorLevel: 60 });
	desired(pole, "power", { ledPower_W: 50 });
	pole.run(pole.now + MINUTE);
	return pole;
}

/** What the lamp has in force in its next life: its records, and the level nobody asks more of. */
function inForce(pole: XsLamp): string {
	pole.fleet.boot(1, pole.now, "powerOn");
	pole.post(pole.now + 1000, INPUT.illuminance, 2);
	pole.run(pole.now + 3 * MINUTE);
	const revision = pole.fleet.storeRead(1, "bank")?.split(" ")[3] ?? "0";
	return `${revision} ${pole.light.at(-1)?.split(" ")[1]}`;
}

/** Cuts at each `step` bytes of flash; returns how many there were. */
export async function cutSettings(step: number): Promise<number> {
	const after = inForce(await sent(Infinity));
	const before = inForce(await sent(0));
	expect([before.split(" ")[0], after.split(" ")[0]]).toEqual(["0", "5"]);
	expect(before).not.toBe(after);
	const seen = new Set<string>();
	let cuts = 0;
	for (let bytes = 0, isCut = true; isCut; bytes += step) {
		const pole = await sent(bytes);
		isCut = pole.deaths.length > 0;
		if (isCut) cuts += 1;
		seen.add(inForce(pole));
	}
	expect([...seen].sort()).toEqual([before, after]);
	return cuts;
}
