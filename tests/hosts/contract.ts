/**
 * Contract: what every host must keep of `src/host.ts`, judged from inside it.
 *
 * One function without imports, so that its text can be put into an XS machine. It does what the node
 * would do, and returns each breach as a word. No input may be called back meanwhile: who calls this
 * counts them.
 */
import type { Host } from "../../src/host.js";

export function breachesOf(host: Host): string[] {
	const found: string[] = [];
	const must = (what: string, isKept: () => boolean): void => {
		let how = "no";
		try {
			if (isKept()) return;
		} catch (error) {
			how = `threw ${error}`;
		}
		found.push(`${what}: ${how}`);
	};
	const isOneOf = (value: unknown, ...list: unknown[]): boolean => list.includes(value);
	const hex = (bytes: Uint8Array): string => {
		let text = "";
		for (let at = 0; at < bytes.length; at++) text += bytes[at]!.toString(16).padStart(2, "0");
		return text;
	};
	const bytesOf = (text: string): Uint8Array => {
		const bytes = new Uint8Array(64);
		return bytes.slice(0, host.utf8.encode(text, bytes, 0));
	};
	const causes = ["powerOn", "restart", "watchdog", "crash", "brownout", "update"];
	must("a serial number", () => /^[A-Za-z0-9_-]{1,32}$/.test(host.serial));
	must("a name of the hardware", () => host.hardware.length > 0);
	must("a cause", () => causes.includes(host.powerCause));
	must("12 bits", () => host.dimmer.resolution >= 12);
	must("a monotonic clock", () => {
		const first = host.monotonic();
		return Number.isFinite(first) && host.monotonic() >= first;
	});
	must("alarms", () => {
		host.alarm(-1);
		host.alarm(Infinity);
		return true;
	});
	must("a wall clock that is set", () => {
		const utc = 1_800_000_000_000 as NonNullable<ReturnType<Host["wallClock"]>>;
		host.setWallClock(utc);
		return Math.abs((host.wallClock() ?? 0) - utc) < 1000;
	});
	must("a Wi-Fi that is named", () => {
		const { network } = host;
		if (network.hasWifi) network.useWifi("caf\u00e9 \ud83d\ude00", "correct horse");
		return typeof network.hasWifi === "boolean";
	});
	must("rejoin", () => isOneOf(host.network.rejoin(), true, "notAvailable"));

	const { store } = host;
	const key = "contract.key-15";
	const text = "\u00e9 \u20ac \ud83d\ude00";
	must("nothing before it is written", () => store.read(key) === undefined);
	must("what was written", () => store.write(key, text) === "ok" && store.read(key) === text);
	must("what was written last", () => store.write(key, "2") === "ok" && store.read(key) === "2");
	must("nothing after erasing", () => store.erase(key) === "ok" && store.read(key) === undefined);
	must("erasing nothing", () => store.erase(key) === "ok");

	const { utf8 } = host;
	const into = new Uint8Array(8).fill(85);
	must("UTF-8", () => utf8.encode("\u00e9\u20ac", into, 1) === 5);
	must("at its place", () => hex(into) === "55c3a9e282ac5555");
	must("read back", () => utf8.decode(into, 1, 5) === "\u00e9\u20ac");
	must("no room", () => utf8.encode("1234", into, 5) === -1);
	must("no UTF-8", () => utf8.decode(Uint8Array.of(0xc3, 0x28), 0, 2) === undefined);
	must("half a character", () => utf8.decode(into, 1, 1) === undefined);
	must("a zero", () => utf8.decode(Uint8Array.of(65, 0), 0, 2) === undefined);
	must("no bytes", () => utf8.decode(into, 0, 0) === "");

	const { crypto } = host;
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4
	must("SHA-256", () => hex(crypto.sha256(bytesOf("abc"))) === abc);
	const { running } = crypto;
	must("SHA-256 piece by piece", () => {
		running.begin();
		running.add(bytesOf("no"), 0, 2);
		running.begin();
		running.add(bytesOf("xab"), 1, 2);
		running.add(bytesOf("c"), 0, 1);
		return hex(running.end()) === abc;
	});
	must("SHA-256 of nothing", () => {
		running.begin();
		return hex(running.end()).startsWith("e3b0c44298fc1c14"); // FIPS 180-4
	});
	const jefe = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"; // RFC 4231, 2
	const what = "what do ya want for nothing?";
	must("HMAC", () => hex(crypto.hmacSha256(bytesOf("Jefe"), bytesOf(what))) === jefe);
	must("no signature", () => {
		const verdict = crypto.ecdsaVerify(new Uint8Array(64), new Uint8Array(32), into);
		return isOneOf(verdict, false, "notAvailable");
	});
	const date = 1_800_000_000_000 as NonNullable<ReturnType<Host["wallClock"]>>;
	const refusals = ["malformed", "notAvailable"];
	must("no certificate", () => isOneOf(crypto.checkCertificate("no", date), ...refusals));
	must("no key", () => isOneOf(crypto.checkKey("-----BEGIN PRIVATE KEY-----"), ...refusals));
	must("no pair", () => isOneOf(crypto.isPair("no", "no"), false, "notAvailable"));
	must("chance", () => {
		const chance = new Uint8Array(16);
		crypto.random(chance);
		return chance.some((byte) => byte !== 0);
	});

	const { streams } = host;
	must("a stream nobody opened", () => {
		streams.close(1);
		return streams.read(1, into) === 0;
	});
	must("a stream", () => {
		const id = streams.open({ host: "broker.example", port: 1883 });
		if (id === "notAvailable") return true;
		const nothing = streams.read(id, into) === 0;
		streams.close(id);
		streams.close(id);
		return Number.isInteger(id) && nothing;
	});
	const serial = host.serialPort;
	const line = new Uint8Array(300).fill(46);
	must("a serial line", () => serial.read(into) === 0 && serial.write(line, 0, 0) === 0);
	must("what the line takes", () => {
		const taken = serial.write(line, 0, 300);
		return taken >= 0 && taken <= 300;
	});
	const { datagrams } = host;
	must("a port", () => isOneOf(datagrams.bind(5683), true, "notAvailable"));
	must("one port", () => datagrams.bind(5684) === "notAvailable");
	must("a datagram", () => isOneOf(datagrams.send(into, 8), true, false, "notAvailable"));
	must("no datagram", () => datagrams.read(into) === 0);
	must("no port", () => {
		datagrams.close();
		datagrams.close();
		return datagrams.read(into) === 0;
	});

	const flash = host.flashLog;
	const four = new Uint8Array(4);
	const isIn = (expected: string): boolean => flash.read(8, four) && hex(four) === expected;
	must("sectors", () => flash.sectorBytes === 4096 && flash.sectors >= 0);
	if (flash.sectors > 0) {
		must("erased", () => flash.erase(0) && isIn("ffffffff"));
		must("written", () => flash.write(8, Uint8Array.of(9, 0xf0, 3), 1, 2) && isIn("f003ffff"));
		must("bits only cleared", () => flash.write(8, Uint8Array.of(0x5f), 0, 1) && isIn("5003ffff"));
	}
	must("the end of flash", () => !flash.read(flash.sectors * 4096, four));
	must("no sector", () => !flash.erase(flash.sectors));

	const { images } = host;
	const piece = Uint8Array.of(9, 1, 2, 3, 4);
	must("a kept image", () => isOneOf(images.state(), "kept", "notAvailable"));
	must("keeping what is kept", () => isOneOf(images.keep(), true, "notAvailable"));
	must("an image not begun", () => images.write(into, 0, 8) !== true);
	must("an image not written", () => images.activate() !== true);
	must("more than a slot", () => images.begin(0x1000_0000) !== true);
	if (images.begin(8) !== "notAvailable") {
		must("an image begun", () => images.begin(8) === true);
		must("its first bytes", () => images.write(piece, 1, 4) === true);
		must("half an image", () => images.activate() !== true);
		must("an image begun anew", () => images.begin(8) === true);
		must("its bytes", () => images.write(piece, 1, 4) === true);
		must("its last bytes", () => images.write(piece, 1, 4) === true);
		must("a whole image", () => images.activate() === true);
	}
	must("memory", () => host.machine.freeBytes() > 0);
	must("an indicator", () => {
		host.indicator.show(0, 0, 0, 0, 0);
		return true;
	});
	return found;
}
