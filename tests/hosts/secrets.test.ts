/** Secrets in real XS: they go in, and whatever is asked, ordered or refused, none comes out. */
import { expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import { INPUT } from "../../hosts/virtual/protocol.js";
import { EPOCH, MINUTE, NODE, Pole, publish } from "./pole.js";
import { KEPT, SECRET } from "./technician.js";

const PASSWORD = "hunter2-of-the-broker";
const SITE_KEY = "0123456789abcdeffedcba9876543210";
const TLS_KEY = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----\n";
const NEVER = [PASSWORD, SITE_KEY, "MIGHAgEAMBMG", SECRET, KEPT];
const LINES = [
	"status",
	"network",
	"broker",
	"show",
	"show brokerPassword",
	"help brokerPassword",
	"help siteKey",
	"export",
	"events 32",
	"explain",
	"certificate",
];

test("by reports, replies, events, serial line, log or datagram", async () => {
	const pole = await Pole.of();
	pole.store("link", {
		...{ brokerHost: "broker", brokerPort: 1883, brokerTls: false, reconnectSpread: 10 },
		...{ brokerUser: "lamp", brokerPassword: PASSWORD },
	});
	pole.store("sensing", { siteKey: SITE_KEY });
	pole.fleet.storeWrite(1, "tls.key", TLS_KEY);
	let password = "";
	pole.onPacket = (packet) => {
		if (packet.cmd === "connect") password = String(packet.password);
	};
	pole.boot().untilOnline();
	const desired = (section: string, settings: object, revision: number) =>
		pole.send(
			mqtt.generate({
				...{ cmd: "publish", qos: 1, messageId: 9, dup: false, retain: true },
				topic: `${NODE}/settings/desired/${section}`,
				payload: JSON.stringify({ revision, count: 1, settings }),
			}),
		);
	const order = (id: string, fields: object) => {
		const issued = new Date(EPOCH + pole.now).toISOString();
		pole.send(publish(JSON.stringify({ id, issued, ...fields })));
		pole.run(pole.now + 5000);
	};
	desired("link", { brokerPassword: PASSWORD.repeat(9) }, 5); // too long: refused, and told why
	pole.run(pole.now + 5000);
	desired("sensing", { siteKey: `${SITE_KEY}?` }, 6);
	pole.run(pole.now + 5000);
	order("wrong", { command: "override", level: PASSWORD });
	order("all", { command: "report" });
	order("log", { command: "log" });
	order("why", { command: "explain" });
	order("test", { command: "selfTest" });
	for (const line of [`login ${SECRET}`, ...LINES]) {
		const bytes = Buffer.from(`${line}\r`);
		pole.post(pole.now + 1, INPUT.serialReadable, bytes.length, bytes);
		pole.run(pole.now + 10_000);
	}
	pole.run(pole.now + 10 * MINUTE);

	expect(password).toBe(PASSWORD); // it is in use
	expect(pole.deaths).toEqual([]);
	const told = pole.said.map(({ topic, payload }) => `${topic} ${payload}`).join("\n");
	expect(told).toContain("reported/link");
	expect(told).toContain("settingsRejected");
	expect(pole.serial).toContain("brokerPassword");
	const out = { told, serial: pole.serial, logs: pole.logs.join("\n") };
	for (const [way, text] of Object.entries(out))
		for (const secret of NEVER)
			expect([way, secret, text.includes(secret)]).toEqual([way, secret, false]);
});
