/**
 * Row mutants: for each row of docs/security.md a defect of its own, which a test that the row names sees.
 *
 * `row` begins the first cell of the row; its tests are those marked with it (tools/docs/securitytests.ts). ELSEWHERE
 * has the rows whose tests run outside this process, with the defects that those tests contain themselves.
 */
import type { Edit } from "../support/bundle.js";

export interface RowMutant extends Edit {
	readonly row: string;
	readonly breaks: string;
	/** The test file, within tests/. */
	readonly judge: string;
}

type Line = readonly [row: string, breaks: string, find: string, replace: string];

function of(file: string, judge: string, lines: readonly Line[]): RowMutant[] {
	return lines.map(([row, breaks, find, replace]) => ({
		file,
		judge,
		row,
		breaks,
		find,
		replace,
	}));
}

const LOGIN = "console/login.test.ts";
const INPUTS = "hosts/esp32/inputs.test.ts";
const NETWORK = "hosts/esp32/network.test.ts";
const SERIAL = "node/console/serial.test.ts";
const SESSION = "link/session.test.ts";
const UPDATER = "node/update/updater.test.ts";

export const ROW_MUTANTS: readonly RowMutant[] = [
	...of("console/login.ts", LOGIN, [
		[
			"5.1-1, 5.1-2",
			"a lamp from the factory is commissioned without a secret",
			"if (talk.gate.isNew)\n\t\treturn word",
			'if (talk.gate.isNew && word === "login")\n\t\treturn word',
		],
		[
			"5.1-4",
			"the first secret does not open the console",
			"owner.onSecret();\n\ttalk.isOpen = true;",
			"owner.onSecret();",
		],
		[
			"5.3-16",
			"the greeting does not name the product",
			'const text = say(language, "greeting", nameOf(owner));',
			'const text = nameOf(owner).concat(".");',
		],
		[
			"5.6-2",
			"a stranger learns the version of the software",
			'const text = say(language, "greeting", nameOf(owner));',
			'const text = say(language, "greeting", nameOf(owner) + owner.view.identity.swVersion);',
		],
		[
			"5.5-4",
			"a wrong secret opens the console",
			'owner.onLogin(verdict === "right");\n\tif (verdict === "right") {',
			'owner.onLogin(verdict === "right");\n\tif (verdict === "right" || verdict.isLookedAt) {',
		],
	]),
	...of("console/secret.ts", LOGIN, [
		[
			"5.1-3",
			"the digest is that of one round",
			"index < rounds; index += 1",
			"index < 1; index += 1",
		],
	]),
	...of("console/gate.ts", LOGIN, [
		["5.1-5", "guesses are checked once a second", "Math.min(WAIT_MAX, 2 * this.wait)", "WAIT_MIN"],
	]),
	...of("console/session.ts", LOGIN, [
		[
			"5.5-5",
			"a stranger in plain mode changes settings",
			"if (!this.isOpen && !(this.gate.isNew",
			"if (!this.isOpen && !this.isPlain && !(this.gate.isNew",
		],
	]),
	...of("update/offer.ts", UPDATER, [
		[
			"5.3-1, 5.3-2",
			"an older image with known defects is installed",
			'if (header.counter < installed.counter) return "olderCounter";',
			"",
		],
	]),
	...of("update/download.ts", UPDATER, [
		[
			"5.3-7, 5.3-9, 5.3-10",
			"an image of other bytes than the signed ones is activated",
			"if (a[at] !== b[at]) return false;",
			"if (a[at] !== b[at]) return true;",
		],
	]),
	...of("update/keylist.ts", "node/update/keychange.test.ts", [
		[
			"the keys of images can be replaced",
			"the key in use takes the one in the safe off the list",
			'return isWhole ? undefined : "laterKeyMissing";',
			"return undefined;",
		],
	]),
	...of("update/probation.ts", UPDATER, [
		[
			"an image that fails goes back",
			"an image that reaches no broker is kept",
			"if (isLit && isSubscribed && now",
			"if (isLit && now",
		],
	]),
	...of("node/update/updater.ts", UPDATER, [
		[
			"5.3-11, 5.3-12",
			"a lamp restarts over the head of a road user",
			"return whileOccupied || light.isVacantAt(now) || isOff;",
			"return true;",
		],
	]),
	...of("node/boot.ts", UPDATER, [
		[
			"the cause of a hang or crash comes again",
			"each life of a series of crashes checks the signature at once",
			"row - lossRow > 1 ? CRASH_PAUSE : 0",
			"row - lossRow > 1 ? 0 : 0",
		],
	]),
	...of("node/boot.ts", "node/boot.test.ts", [
		[
			"a cause in the network ends each life",
			"the network is opened at once after any number of crashes",
			"row - lossRow > SAFE_AFTER ? SAFE_FOR : 0",
			"row - lossRow > SAFE_AFTER ? 0 : 0",
		],
	]),
	...of("../hosts/esp32/machine.ts", "hosts/esp32/kept.test.ts", [
		[
			"an end of XS or of ESP-IDF leaves no reason",
			"the end's word is lost",
			"const ended = idf().luminode_ended();",
			'const ended = idf().luminode_ended() && "";',
		],
	]),
	...of("settings/section.ts", "settings/store.test.ts", [
		[
			"no way out",
			"an export contains the passwords",
			"if (setting.secret && !secrets) continue;",
			"",
		],
	]),
	...of("settings/link.ts", "node/link/options.test.ts", [
		[
			"5.5-6, 5.5-7",
			"password and orders travel in the clear",
			"brokerTls: flag(true, [",
			"brokerTls: flag(false, [",
		],
	]),
	...of("neighbours/replayguard.ts", "neighbours/datagram.test.ts", [
		[
			"orders are fresh",
			"a datagram that was recorded raises light again",
			"counter > latest[at + COUNTER]!",
			"counter >= latest[at + COUNTER]!",
		],
	]),
	...of("node/settings/certificatetrial.ts", "node/settings/certificatetrial.test.ts", [
		[
			"5.5-8, 5.5-3",
			"a new CA is in use with the old address after a loss of power",
			"return this.has() && fallback?.life === this.life && switches === this.switches;",
			"return this.has() && this.switches > 0;",
		],
	]),
	...of("link/samples.ts", "link/outbox.test.ts", [
		[
			"5.8-1, 5.8-2, 6-4",
			"a report gives away the way home of one resident",
			"const isReported = users >= k;",
			"const isReported = users >= 0;",
		],
	]),
	...of("settings/store.ts", "settings/store.test.ts", [
		[
			"5.9-1, 5.9-2",
			"a power cut leaves a part of the new settings",
			"const key = keyOf(section, spareOf(bank, section));",
			'const key = keyOf(section, spareOf(bank, section) === "b" ? "a" : "b");',
		],
	]),
	...of("version.ts", "tools/docs/securitypolicy.test.ts", [
		[
			"5.3-13",
			"the birth promises another day than SECURITY.md",
			'SUPPORTED_UNTIL = "2031-11-24"',
			'SUPPORTED_UNTIL = "2032-11-24"',
		],
	]),
	...of("ownpart.ts", SESSION, [
		[
			"5.9-3",
			"the lamps of a city reconnect in the same second",
			"return Math.floor(positionOf(name) * spread);",
			"return Math.floor((positionOf(name) * spread) / 100);",
		],
	]),
	...of("neighbours/tokenbucket.ts", "neighbours/datagram.test.ts", [
		["bounded load", "a flood passes without a limit", "this.fullAt = from + each;", ""],
	]),
	...of("node/console/adapter.ts", SERIAL, [
		[
			"5.10-1",
			"a wrong login leaves no trace",
			'this.emit(isRight ? "login" : "loginFailed");',
			'if (isRight) this.emit("login");',
		],
	]),
	...of("node/orders/factoryreset.ts", SERIAL, [
		[
			"5.11-1, 5.11-3, 5.11-4",
			"the secret of the last owner opens the console",
			"SECRET_KEY,\n\tGUESSED_KEY,\n\tBANK_KEY,",
			"GUESSED_KEY,\n\tBANK_KEY,",
		],
	]),
	...of("settings/help.ts", "console/console.test.ts", [
		[
			"5.12-1 to -3",
			"the help of a setting does not say its meaning",
			"const { name, section, kind, meaning, warning } = setting;",
			'const { name, section, kind, warning } = setting;\n\tconst meaning = ["", ""] as const;',
		],
	]),
	...of("../hosts/esp32/machine.ts", INPUTS, [
		[
			"5.4-2",
			"all lamps have one serial number",
			"idf().esp_efuse_mac_get_default(bytes.buffer);",
			"",
		],
		[
			"XS that ends resets by software",
			"a crash of the engine is reported as a restart that was ordered",
			'return cause === "restart" && !wasAsked ? "crash" : cause;',
			"return wasAsked ? cause : cause;",
		],
	]),
	...of("../hosts/moddable/streams.ts", NETWORK, [
		[
			"5.5-1",
			"the lamp's own certificate is the authority for its broker",
			'(tried.includes(what) ? "try." : "tls.") + what',
			'(what === "ca" ? "tls.cert" : (tried.includes(what) ? "try." : "tls.") + what)',
		],
	]),
	...of("../hosts/esp32/datagrams.ts", NETWORK, [
		[
			"5.6-1, 5.6-5",
			"the port of the neighbours is never opened",
			"this.udp = undefined; // no interface yet",
			"this.port = undefined; // no interface yet",
		],
		[
			"a socket before there is an interface throws",
			"the port of the neighbours is asked for once, too early",
			"if (this.udp || this.port === undefined) return;",
			"if (this.udp) return;\n\t\tif (this.port === undefined || this.port < 0) return;\n\t\tconst early = this.port;\n\t\tthis.port = -1;\n\t\tif (early < 0) return;",
		],
	]),
	...of("../hosts/moddable/turn.ts", INPUTS, [
		[
			"an exception that leaves a callback of the SDK",
			"a fault in a callback leaves no trace",
			"if (!this.report(lamp, now, error)) this.lose(now, note === nothing);",
			"",
		],
	]),
	...of("../hosts/moddable/clock.ts", INPUTS, [
		[
			"the ticks' sign turns",
			"alarms fall silent after 24 days",
			"const passed = Time.delta(this.ticks, ticks);",
			"const passed = ticks - this.ticks;",
		],
	]),
	...of("../hosts/moddable/connection.ts", NETWORK, [
		[
			"a peer that is cut off, drips",
			"bytes behind a full ring of TLS stay in TCP for ever",
			"if (this.unread === 0) this.passLater();",
			"",
		],
	]),
	...of("../hosts/esp32/movement.ts", INPUTS, [
		[
			"a full queue silences a pin",
			"a PIR whose edge was lost is silent for good",
			"this.input = this.open();\n\t\t\t}),",
			"}),",
		],
	]),
	...of("../hosts/esp32/network.ts", NETWORK, [
		[
			"Wi-Fi never joins again",
			"a lamp that left its Wi-Fi is reported as connected",
			"this.become(false);\n\t\treturn",
			"return",
		],
	]),
	...of("../hosts/esp32/ethernet.ts", NETWORK, [
		[
			"Ethernet that is left",
			"a lamp on a cable has no address after it joined anew",
			"idf().esp_netif_dhcpc_start(cable);",
			"",
		],
		[
			"without a radio the chip's random numbers",
			"keys of a lamp on a cable can be predicted",
			"idf().bootloader_random_enable();",
			"",
		],
	]),
	...of("../hosts/esp32/main.ts", INPUTS, [
		[
			"`setup/network` waits",
			"the network is joined before the light",
			"const dimmer = openDimmer(board.lamp, dutyBefore(cause));",
			"idf();\n\tconst early = new Esp32Host(new Turn({ lightUp() {}, restart() {} }), board, cause, { resolution: 12, write() {} });\n\tearly.listen();\n\tconst dimmer = openDimmer(board.lamp, dutyBefore(cause));",
		],
	]),
	...of("../hosts/esp32/timeserver.ts", NETWORK, [
		[
			"5.13-1",
			"a packet that answers no request sets the clock",
			"if (bytes[ORIGIN_AT + index] !== this.question[COOKIE_AT + index]) return false;",
			"",
		],
		[
			"the SDK's time client",
			"a server that is not synchronised sets the clock",
			"head >> 6 === UNSYNCHRONISED || ",
			"",
		],
	]),
	...of("../hosts/esp32/serialport.ts", INPUTS, [
		[
			"a write beyond the UART's",
			"an answer beyond the FIFO is lost as a whole",
			"let taken = Math.min(count, this.room);",
			"let taken = this.room > 0 ? count : 0;",
		],
		[
			"the SDK's serial port, given both callbacks",
			"the SDK reports room in the FIFO, too",
			'format: "buffer",',
			'format: "buffer",\n\t\t\tonWritable: turn.guarded(() => turn.post("serial", writable)),',
		],
	]),
	...of("../hosts/esp32/nvs.ts", NETWORK, [
		[
			"NVS throws on another type",
			"a value of another type ends the boot",
			'return FULL.test(String(error)) ? "full" : "failed";',
			'return "failed";',
		],
	]),
	...of("link/session.ts", "link/handshake.test.ts", [
		[
			"a handshake was a blocking operation",
			"a broker that refuses makes the street bright all day",
			"if (!isUnwanted && !this.isAhead) return again;",
			"if (!isUnwanted || this.isAhead) return again;",
		],
	]),
	...of("../sim/pack/page.ts", "sim/pack/policy.test.ts", [
		[
			"a page that is passed on",
			"the file may ask any server",
			'"connect-src": "\'none\'"',
			'"connect-src": "*"',
		],
	]),
];

/** The beginnings of rows whose tests contain their defects, and which. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
	"5.4-3": "the search of the repository is tried on a key, a certificate and a password",
	"5.4-4": "an account that the ACL does not name orders at a real mosquitto",
	"5.5-2": "signatures with one changed bit, and a server that sends damaged bytes",
	"5.6-4": "each line of the release profile is looked for by itself",
	"5.6-6": "the list of the manifest is compared with the folder",
	"5.6-9": "breaches of each rule of structure are planted",
	"the SDK's own TLS": "servers with signatures of zeros and foreign key exchanges",
	"Mbed TLS computes": "chains with keys out of bounds",
	"Mbed TLS goes by": "chains out of date, without names and with other purposes",
	"a session that was resumed": "a session that is resumed a day after its certificate",
	"an unhandled promise": "promises, generators and async functions are planted",
	"the SDK's MQTT client": "a broker that sends empty messages",
	"NVS that is encrypted": "a profile without the partition of keys",
	"unknown names of JSON": "the engine's own parser in the place of src/json.ts",
	"lines of sdkconfig": "a profile with a line that begins with #",
	"preload lists": "a module that the list does not name",
	"another site's page": "requests with the Origin, Host and Sec-Fetch-Site of another site",
	"a page types": "requests of a browser at the serial port, whole and in pieces",
	"a page gives orders": "an order behind the request line of a browser",
	"a request, a packet": "requests, packets and orders of any kind",
	"a run that has failed": "a run with a planted error",
};
