/**
 * Link commands: the network, the broker, and the certificates of both sides.
 */
import { frozen } from "../frozen.js";
import type { Millis } from "../units.js";
import { type Answer, listing, refused, said } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { only, usage } from "./lines.js";
import type { CertificateName, ConsoleOwner } from "./owner.js";
import { PemReader } from "./pem.js";
import { member, object } from "./printjson.js";
import { fill, TEXTS } from "./texts.js";

const CERTIFICATES: readonly CertificateName[] = Object.freeze(["ca", "cert", "key"]);

export const LINK_COMMANDS: readonly Command[] = frozen([
	{
		name: "network",
		usage: "network",
		about: {
			en: "cable or which Wi-Fi, is it up, and what was the last trouble",
			fr: "câble ou quel Wi-Fi, est-il là ? le dernier ennui",
		},
		run: (_rest, talk) => network(talk),
	},
	{
		name: "broker",
		usage: "broker",
		about: { en: "where it is, and whether it is reached", fr: "où il est, et s'il est joint" },
		run: (_rest, talk) => broker(talk),
	},
	{
		name: "connect",
		usage: "connect",
		about: {
			en: "join the network and reach for the broker now, without waiting",
			fr: "joindre le réseau et le courtier tout de suite, sans attendre",
		},
		run: (_rest, { owner }) => {
			owner.connectNow();
			return said(TEXTS[owner.language].connecting);
		},
	},
	{
		name: "certificate",
		usage: "certificate [ca|cert|key]",
		about: {
			en: "paste a PEM text: the city's CA, the lamp's own certificate, its key",
			fr: "coller un texte PEM : la CA de la ville, le certificat de la lampe, sa clé",
		},
		run: certificate,
	},
]);

function network({ owner }: Talk): Answer {
	const { isNetworkUp, hasWifi, lastEnd } = owner.view.link;
	const wifi = hasWifi ? owner.show("wifiName") : undefined;
	const way = wifi === undefined ? "cable" : `Wi-Fi ${wifi || "not set"}`;
	return listing(
		only(`network  ${isNetworkUp ? "up" : "down"}, ${way}, last trouble ${lastEnd ?? "none"}`),
		only(object(member("network", isNetworkUp), member("wifi", wifi), member("lastEnd", lastEnd))),
	);
}

function broker({ owner, now }: Talk): Answer {
	const { state, connection, lastEnd, attemptAt } = owner.view.link;
	const [host, port, tls, user] = ["brokerHost", "brokerPort", "brokerTls", "brokerUser"].map(
		(name) => owner.show(name) ?? "",
	) as [string, string, string, string];
	const next_s =
		state === "waiting" && attemptAt < Infinity ? secondsTo(attemptAt, now) : undefined;
	const where = host === "" ? "none" : `${host}, port ${port}, ${tls === "true" ? "TLS" : "plain"}`;
	return listing(
		only(
			`broker   ${where}, ${state}, connection ${connection}, last trouble ${lastEnd ?? "none"}` +
				`${next_s === undefined ? "" : `, next attempt in ${next_s} s`}`,
		),
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
			(nth) => certificateListed(CERTIFICATES[nth], owner, false),
			(nth) => certificateListed(CERTIFICATES[nth], owner, true),
		);
	const name = CERTIFICATES.find((each) => each === rest);
	if (!name) return usage("certificate [ca|cert|key]", owner);
	const reader = new PemReader(name === "key" ? "PRIVATE KEY" : "CERTIFICATE");
	const take = (line: string | undefined, nth: number): Answer | undefined => {
		if (!reader.take(line, nth)) return undefined;
		const texts = TEXTS[owner.language];
		const why = reader.fault ?? owner.certificates.keep(name, reader.text);
		if (why !== undefined) return refused("notDone", fill(texts.notDone, why));
		const text = name === "ca" ? "certificateKept" : keptText(owner);
		return said(fill(texts[owner.certificates.isNew(name) ? "certificateNew" : text], name));
	};
	return { take };
}

/** A row of the list: the stored one, and a new one beside it. */
function certificateListed(
	name: CertificateName | undefined,
	{ certificates }: ConsoleOwner,
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
	const beside = isNew ? `; new${text(newSha256)}` : "";
	return `${name.padEnd(5)}${isSet ? "(set)" : "(not set)"}${text(sha256)}${beside}`;
}

/** Text about the lamp's own certificate and its key. */
function keptText({ certificates }: ConsoleOwner): "certificateKept" | "noPair" | "pairUnknown" {
	const isPair = certificates.isPair();
	if (isPair === "notAvailable") return "pairUnknown";
	return isPair === false ? "noPair" : "certificateKept";
}
