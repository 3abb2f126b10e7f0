/** Checks of connection: TLS, silence, keep-alive, takeover, strangers. */
import type { TLSSocket } from "node:tls";
import { type Check, type Context, fail, judged, pass } from "./findings.js";
import { Peer, Refused } from "./peer.js";

/** ms; a lamp begins the handshake 2 s after TCP is open. */
const SILENCE = 3_000;
/** Seconds of the keep-alive under test; MQTT closes after one and a half times that. */
const KEEP_ALIVE = 2;
/** Seconds: lamps of the profile `narrow` (docs/broker.md). */
const METERED_KEEP_ALIVE = 1_740;
/** Brokers look at their clients each few seconds. */
const KEEP_ALIVE_WITHIN = 12_000;

/** A connection of that account, until the check has ended. */
const as =
	(who: "lamp" | "desk" | "alarm") =>
	async (context: Context, more: object = {}): Promise<Peer> => {
		const { address, clientId } = context[who];
		const peer = await Peer.open(address, { clientId, ...more }, context.within);
		context.peers.push(peer);
		return peer;
	};
export const opened = as("lamp");
export const asDesk = as("desk");
export const asAlarm = as("alarm");

export const CONNECTION: readonly Check[] = [
	{
		name: "TLS 1.2 and the certificate",
		isNeeded: true,
		remedy:
			"a certificate of P-256, P-384 or RSA 2048 to 4096, signed with SHA-256 or better, that " +
			"names the host (docs/broker.md, TLS); mosquitto: tls_version tlsv1.2; give mqtts:// and --ca",
		async run(context) {
			if (context.lamp.address.urls[0]!.protocol !== "mqtts:")
				return fail("mqtt:// is not encrypted");
			const peer = await opened(context);
			const socket = peer.socket as TLSSocket;
			const { bits, nistCurve, asn1Curve } = socket.getPeerCertificate();
			const { name } = socket.getCipher();
			const curve = nistCurve ?? asn1Curve;
			const isFit = curve
				? ["P-256", "P-384", "prime256v1", "secp384r1"].includes(curve)
				: (bits ?? 0) >= 2048 && (bits ?? 0) <= 4096;
			const seen = `${name}, ${curve ?? `RSA ${bits}`}`;
			return judged(isFit && !name.startsWith("DHE"), seen);
		},
	},
	{
		name: "a connection may stay silent while the light rises",
		isNeeded: true,
		remedy: "the time limit for CONNECT at least 5 s, at the broker and at a gate before it",
		async run(context) {
			const peer = await opened(context, { silence: SILENCE }).catch(() => undefined);
			return judged(peer !== undefined, `${SILENCE / 1000} s without a byte before CONNECT`);
		},
	},
	{
		name: "strangers are refused",
		isNeeded: true,
		remedy: "mosquitto: allow_anonymous false; RabbitMQ: mqtt.allow_anonymous = false",
		async run(context) {
			const { address, clientId } = context.lamp;
			if (address.user === undefined && address.cert === undefined)
				return fail("admitted without a name; give --user and its password for the other checks");
			const who: [string, object][] = [
				["a wrong password", { password: "a stranger's guess" }],
				["no name", { user: undefined, password: undefined }],
			];
			if (address.user === undefined) who.length = 0;
			if (address.cert !== undefined)
				who.push(["no certificate", { cert: undefined, key: undefined }]);
			for (const [how, change] of who) {
				const other = { ...address, ...change };
				const peer = await Peer.open(other, { clientId }, context.within).catch((error) => {
					if (error instanceof Refused) return undefined;
					throw error;
				});
				await peer?.leave();
				if (peer) return fail(`admitted with ${how}`);
			}
			return pass(who.map(([how]) => how).join(", "));
		},
	},
	{
		name: "keep-alive: a silent client is closed, PINGREQ is answered",
		isNeeded: true,
		remedy: "the keep-alive of the client must be in force at the broker, and at a gate before it",
		async run(context) {
			const peer = await opened(context, { keepalive: KEEP_ALIVE });
			const isAnswered = await peer.ping();
			const after = await peer.closes(KEEP_ALIVE_WITHIN);
			peer.cut();
			if (!isAnswered) return fail("PINGREQ has no answer");
			if (after === undefined)
				return fail(
					`open after ${KEEP_ALIVE_WITHIN / 1000} s of silence at a keep-alive of ${KEEP_ALIVE} s`,
				);
			return pass(`closed after ${(after / 1000).toFixed(1)} s at a keep-alive of ${KEEP_ALIVE} s`);
		},
	},
	{
		name: "a keep-alive of 29 min, of a lamp on a metered link, is accepted",
		isNeeded: true,
		remedy: "mosquitto: max_keepalive 1800, or none; a lamp of the profile narrow is refused else",
		async run(context) {
			const peer = await opened(context, { keepalive: METERED_KEEP_ALIVE }).catch((why) => {
				if (why instanceof Refused) return why.message;
				throw why;
			});
			return typeof peer === "string" ? fail(peer) : pass(`${METERED_KEEP_ALIVE} s`);
		},
	},
	{
		name: "takeover: a second connection of a client closes the first",
		isNeeded: true,
		remedy: "the broker must follow [MQTT-3.1.4-2]; a gate must not change client identifiers",
		async run(context) {
			const first = await opened(context);
			const second = await opened(context);
			const after = await first.closes(context.within);
			const isAlive = await second.ping();
			first.cut();
			if (after === undefined) return fail("the first connection stays open");
			return judged(isAlive, "the first is closed, the second works", "the second is closed, too");
		},
	},
];
