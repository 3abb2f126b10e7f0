/**
 * Link commands: the network, the broker, and the certificates of both sides.
 */
import type { WifiRow } from "../host.js";
import type { Millis } from "../units.js";
import { type Answer, LATER, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { notDone, only, success, usage } from "./lines.js";
import type { CertificateName, ConsoleOwner } from "./owner.js";
import { PemReader } from "./pem.js";
import { member, object } from "./printjson.js";
import { say, wordOf } from "./texts.js";

const CERTIFICATES: readonly CertificateName[] = Object.freeze(["ca", "cert", "key"]);

export const LINK_COMMANDS: readonly Command[] = Object.freeze([
	command(
		"network [scan]",
		"cable or Wi-Fi, its state, the last trouble; scan: the Wi-Fi networks in reach",
		"câble ou Wi-Fi, son état, le dernier incident ; scan : les Wi-Fi à portée",
		network,
	),
	command(
		"broker",
		"its address and the state of the connection",
		"son adresse et l'état de la connexion",
		broker,
	),
	command(
		"connect",
		"join the network and connect to the broker now, without waiting",
		"rejoindre réseau et broker tout de suite, sans attendre",
		(_rest, { owner }) => {
			owner.connectNow();
			return success(owner, "connecting");
		},
	),
	command(
		"certificate [ca|cert|key]",
		"paste a PEM text: the city's CA, the lamp's own certificate, its key",
		"coller un texte PEM : l'AC de la ville, le certificat du luminaire, sa clé",
		certificate,
	),
	command(
		"updateKeys",
		"paste a list of update keys (npx luminode sign list): on trial beside the present ones",
		"coller une liste de clés de mise à jour (npx luminode sign list) : à l'essai en plus des clés actuelles",
		(_rest, { owner }) => ({ take: (line) => keysTaken(line, owner) }),
	),
]);

/** A list is one line, shorter than the longest of the console. */
function keysTaken(line: string | undefined, owner: ConsoleOwner): Answer {
	const why = owner.certificates.takeKeys(line);
	return why === undefined ? success(owner, "keysTaken") : notDone(owner, why);
}

export function network(rest: string, { owner }: Talk): Answer {
	if (rest === "scan") return scan(owner);
	if (rest !== "") return usage("network [scan]", owner);
	const { language, doors } = owner;
	const { isNetworkUp, hasWifi, lastEnd, networkEnd } = owner.view.link;
	const wifi = hasWifi ? owner.show("wifiName") : undefined;
	const name = wifi || say(language, "unset");
	const way = wifi === undefined ? say(language, "cable") : `Wi-Fi ${name}`;
	const trouble = wordOf(language, (isNetworkUp ? lastEnd : (networkEnd ?? lastEnd)) ?? "none");
	const { address, mac, rssi, channel } = doors.network.facts?.() ?? {};
	const facts = [
		address && `IP ${address}`,
		mac && `MAC ${mac}`,
		rssi && `${rssi} dBm`,
		channel && `${say(language, "channel")} ${channel}`,
	];
	const more = facts.map((fact) => (fact ? `, ${fact}` : "")).join("");
	const state = wordOf(language, isNetworkUp ? "up" : "down");
	return listing(
		only(say(language, "network", state, way, trouble, more)),
		only(
			object(
				member("network", isNetworkUp),
				member("wifi", wifi),
				member("lastEnd", lastEnd),
				member("networkEnd", networkEnd),
				member("address", address),
				member("mac", mac),
				member("rssi_dBm", rssi),
				member("channel", channel),
			),
		),
	);
}

/** The radio looks for some seconds. */
function scan(owner: ConsoleOwner): Answer {
	const { network } = owner.doors;
	if (network.scan?.() !== true) return notDone(owner, "notAvailable");
	const channel = say(owner.language, "channel");
	const each = (of: (wifiRow: WifiRow) => string) => (index: number) => {
		const row = network.found?.(index);
		return row ? of(row) : row === null ? LATER : undefined;
	};
	return {
		lines: each((wifiRow) => `${wifiRow.name}  ${wifiRow.rssi} dBm, ${channel} ${wifiRow.channel}`),
		json: each((wifiRow) =>
			object(
				member("wifi", wifiRow.name),
				member("rssi_dBm", wifiRow.rssi),
				member("channel", wifiRow.channel),
			),
		),
	};
}

export function broker(_rest: string, { owner, now }: Talk): Answer {
	const { state, connection, lastEnd, attemptAt } = owner.view.link;
	const [host, port, tls, user] = ["brokerHost", "brokerPort", "brokerTls", "brokerUser"].map(
		(name) => owner.show(name) ?? "",
	) as [string, string, string, string];
	const next_s =
		state === "waiting" && attemptAt < Infinity ? secondsTo(attemptAt, now) : undefined;
	const { language } = owner;
	const word = (text: string) => wordOf(language, text);
	const way = tls === "true" ? "TLS" : word("plain");
	const where = host === "" ? word("none") : say(language, "brokerAt", host, port, way);
	const next = next_s === undefined ? "" : say(language, "nextTry", next_s);
	return listing(
		only(say(language, "broker", where, word(state), connection, word(lastEnd ?? "none")) + next),
		only(
			object(
				member("brokerHost", host),
				member("brokerPort", Number(port)),
				member("brokerTls", tls === "true"),
				member("brokerUser", user),
				member("state", state),
				member("connection", connection),
				member("lastEnd", lastEnd),
				member("nextAttempt_s", next_s),
			),
		),
	);
}

function secondsTo(at: Millis, now: Millis): number {
	return Math.max(0, Math.ceil((at - now) / 1000));
}

/** Without a name: lists the stored ones. With a name: stores a pasted one if it is valid. */
function certificate(rest: string, { owner }: Talk): Answer {
	if (rest === "")
		return listing(
			(index) => certificateListed(CERTIFICATES[index], owner, false),
			(index) => certificateListed(CERTIFICATES[index], owner, true),
		);
	const name = CERTIFICATES.find((each) => each === rest);
	if (!name) return usage("certificate [ca|cert|key]", owner);
	const reader = new PemReader(name === "key" ? "PRIVATE KEY" : "CERTIFICATE");
	const take = (line: string | undefined, index: number): Answer | undefined => {
		if (!reader.take(line, index)) return undefined;
		const why = reader.fault ?? owner.certificates.keep(name, reader.text);
		if (why !== undefined) return notDone(owner, why);
		const text = name === "ca" ? "certificateKept" : keptText(owner);
		return success(owner, owner.certificates.isNew(name) ? "certificateNew" : text, name);
	};
	return { take };
}

/** A row of the list: the stored one, and a new one beside it. */
function certificateListed(
	name: CertificateName | undefined,
	{ certificates, language }: ConsoleOwner,
	isPlain: boolean,
): string | undefined {
	if (!name) return undefined;
	const isSet = certificates.has(name);
	const isNew = certificates.isNew(name) || undefined;
	const print = (isOfNew: boolean) =>
		name === "key" ? undefined : certificates.fingerprint(name, isOfNew);
	const sha256 = print(false);
	const newSha256 = isNew && print(true);
	if (isPlain)
		return object(
			member("name", name),
			member("isSet", isSet),
			member("sha256", sha256),
			member("isNew", isNew),
			member("newSha256", newSha256),
		);
	const text = (print: string | undefined) => (print ? `, sha256 ${print}` : "");
	const beside = isNew ? `; ${say(language, "isNew")}${text(newSha256)}` : "";
	return `${name.padEnd(5)}(${say(language, isSet ? "set" : "unset")})${text(sha256)}${beside}`;
}

/** Text about the lamp's own certificate and its key. */
function keptText({ certificates }: ConsoleOwner): "certificateKept" | "noPair" | "pairUnknown" {
	const isPair = certificates.isPair();
	if (isPair === "notAvailable") return "pairUnknown";
	return isPair === false ? "noPair" : "certificateKept";
}
