/** Secrets in real XS: they go in, and whatever is asked, ordered or refused, none comes out or is kept beside them. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import { INPUT } from "../../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../../lib/spans.js";
import { COMMANDS } from "../../../../src/console/commands.js";
import { SECRET } from "../../../support/technician.js";
import { NODE, publish, XsLamp } from "../../../support/xslamp.js";
import { leaksOf } from "./leaks.js";

const KEY_BODY = Buffer.from(
	"the lamp's own private key, which nobody but the lamp may have",
).toString("base64");
const SECRETS = {
	console: SECRET,
	guess: "ANOTHERLAMPSSECRET",
	brokerPassword: "Kx7pQ2mVw9rTz4",
	siteKey: "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
	typedPassword: "Lm3nB8vC5xZ1aS",
	wifiPassword: "Yt6gH2kJ9nM4pQ7s",
	typedWifi: "Rf8dC3vB5wE1zX6q",
	refusedPassword: "Ju7hN4bG6tF2dR9k",
	refusedSiteKey: "Ol5iK8uM3yJ7hT2g",
	privateKey: KEY_BODY,
};

/** All that was said, by surface. */
const texts = { console: "", broker: "", store: "", log: "" };
/** What the broker was given, and the radio. */
const used = { brokerPassword: "", wifi: "" };

beforeAll(async () => {
	const pole = await XsLamp.of();
	const link = { brokerHost: "broker", brokerPort: 1883, brokerTls: false, reconnectSpread: 10 };
	const wifi = { wifiName: "quay", wifiPassword: SECRETS.wifiPassword };
	const user = { brokerUser: "liege", brokerPassword: SECRETS.brokerPassword };
	pole.store("link", { ...link, ...wifi, ...user });
	pole.onPacket = (packet) => {
		if (packet.cmd === "connect") used.brokerPassword = String(packet.password);
	};
	pole.store("sensing", { siteKey: SECRETS.siteKey, neighbourGroup: 1, poleNumber: 1 });
	pole.fleet.storeWrite(
		1,
		"tls.key",
		`-----BEGIN PRIVATE KEY-----\n${KEY_BODY}\n-----END PRIVATE KEY-----\n`,
	);
	pole.boot();
	pole.run(5 * MINUTE);
	const say = (text: string) => {
		pole.serial = "";
		for (const take of text.match(/[\s\S]{1,128}/g) ?? []) {
			const bytes = Buffer.from(take);
			pole.post(pole.now + 12, INPUT.serialReadable, bytes.length, bytes);
			pole.run(pole.now + 12);
		}
		let last: string;
		do {
			last = pole.serial;
			pole.run(pole.now + 400);
		} while (last !== pole.serial);
		texts.console += pole.serial;
	};
	say(`${SECRETS.guess}\r`);
	pole.run(pole.now + 2000);
	say(`\u001b[A\r${SECRET}\r`);
	for (const mode of ["interactive", "plain"]) {
		say(`${mode}\r`);
		for (const { name } of COMMANDS) {
			if (["plain", "interactive", "logout", "restart", "factoryReset"].includes(name)) continue;
			if (name !== "import") say(`${name}\r`);
			for (let page = 0; page < 8; page += 1) say(" "); // of a listing, or the end of `watch`
			say("\u0003");
		}
		for (const name of ["brokerPassword", "siteKey", "wifiPassword"])
			say(`show ${name}\rhelp ${name}\r`);
		if (mode === "plain") {
			say(`set wifiPassword ${SECRETS.typedWifi}é\rset wifiPassword ${SECRETS.typedWifi}\r`);
			say(`set brokerPassword ${SECRETS.typedPassword}\rshow\rapply\r`);
		}
		say("certificate key\r");
		say(
			`-----BEGIN PRIVATE KEY-----\r${KEY_BODY}\r${KEY_BODY}!\r-----END PRIVATE KEY-----\r\u001b[A\u001b[A\u0015`,
		);
		say("events 99\rexport\rrecord\r");
	}
	const desired = (section: string, settings: object, revision: number) => {
		const payload = JSON.stringify({ revision, count: 1, settings });
		const head = { cmd: "publish", qos: 1, messageId: 9, dup: false, retain: true } as const;
		pole.send(mqtt.generate({ ...head, topic: `${NODE}/settings/desired/${section}`, payload }));
		pole.run(pole.now + 5000);
	};
	desired("link", { brokerPassword: SECRETS.refusedPassword.repeat(9) }, 5); // too long, and rejected
	desired("sensing", { siteKey: `${SECRETS.refusedSiteKey}\u00e9` }, 6);
	const level = SECRETS.refusedPassword;
	for (const command of ["report", "explain", "log", "preview", "selfTest", "override"]) {
		const issued = new Date(Date.UTC(2026, 10, 24, 18) + pole.now);
		pole.send(publish(JSON.stringify({ id: command, command, issued, level })));
		pole.run(pole.now + MINUTE);
	}
	pole.type("logout");
	pole.run(40 * MINUTE);
	expect(pole.deaths).toEqual([]);
	used.wifi = pole.wifis.join();
	texts.log = pole.logs.join("\n");
	texts.broker = pole.published.map(({ topic, payload }) => `${topic} ${payload}`).join("\n");
	for (const key of ["secret", "guessed", "twin", "repeats", "told", "readings", "time", "trust"])
		texts.store += `${pole.fleet.storeRead(1, key)}\n`;
});

describe("of all that a lamp says", () => {
	test("there is much to search", () => {
		expect(texts.console.length).toBeGreaterThan(25_000);
		expect(texts.console).toContain('{"name":"siteKey","isSet":true}');
		expect(texts.console).toMatch(/ok luminode|luminode \d/);
		expect(texts.console).toContain('"record":1');
		expect(texts.broker).toContain("loginFailed");
		expect(texts.broker).toContain("settingsRejected");
		expect(texts.broker).toContain('"wifiName":"quay"');
		expect(texts.broker).toContain("/settings/reported/link ");
		expect(texts.broker).toContain('"id":"log"');
		expect(texts.store).toMatch(/^1 256 [0-9a-f]{24} [0-9a-f]{64}\n/);
	});
	test("and they are in use", () => {
		expect(used.brokerPassword).toBe(SECRETS.brokerPassword);
		const [kept, tried] = [`quay\n${SECRETS.wifiPassword}`, `quay\n${SECRETS.typedWifi}`];
		expect(used.wifi).toBe([kept, tried, kept].join()); // nobody confirmed it
	});
	test("no secret stands anywhere, in any form", () => {
		expect(leaksOf(SECRETS, texts)).toEqual([]);
	});

	const plants: [how: string, plant: (secret: string) => string][] = [
		["plain", (secret) => secret],
		["plain", (secret) => `${secret.slice(0, 7)}\r\n${secret.slice(7)}`],
		["plain", (secret) => secret.split("").join("\u001b[1C")],
		["plain", (secret) => `"${secret.slice(0, 6)}",\n  "${secret.slice(6)}"`],
		["plain", (secret) => secret.slice(3, 11)],
		["hex", (secret) => Buffer.from(secret).toString("hex")],
		["HEX", (secret) => Buffer.from(secret).toString("hex").toUpperCase()],
		["base64", (secret) => Buffer.from(`{"a":"${secret}"}`).toString("base64")],
		[
			"base64",
			(secret) =>
				Buffer.from(`12${secret}`)
					.toString("base64")
					.match(/.{1,9}/g)!
					.join("\n"),
		],
		["base64", (secret) => Buffer.from(`1${secret}`).toString("base64")],
		["base64url", (secret) => Buffer.from(`1${secret}`).toString("base64url")],
	];
	test.each(plants)("a plant is found: %s %s", (how, plant) => {
		for (const [name, secret] of Object.entries(SECRETS)) {
			const text = `${texts.console.slice(0, 500)}${plant(secret)}${texts.console.slice(500, 900)}`;
			const found = leaksOf({ [name]: secret }, { planted: text });
			expect(found.some((leak) => leak.startsWith(`planted: ${name} in `))).toBe(true);
			if (how === "plain") expect(found).toContain(`planted: ${name} in plain`);
		}
	});
});
