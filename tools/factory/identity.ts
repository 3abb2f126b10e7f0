/**
 * Identity: the contents of a lamp's store before its first boot, from the vault: serial number, keys of
 * images, console secret, certificates, and the settings that are secrets.
 *
 * A console takes no key but in a list that a key of the lamp signed, and the cable of release is fused
 * off: without a key of images such a lamp could never be updated.
 */
import { createHmac, randomFillSync } from "node:crypto";
import type { Profile } from "../../lib/profiles.js";
import { Trouble } from "../../lib/text/trouble.js";
import type { Content, LampSecrets } from "../../lib/vault/vaultcontent.js";
import { fits, isSecret, type SecretDoors, sealed } from "../../src/console/secret.js";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { keyOf } from "../../src/settings/bank.js";
import { faultText } from "../../src/settings/faults.js";
import { settingOf } from "../../src/settings/table.js";
import { isRejection, validate } from "../../src/settings/validate.js";
import { CERTIFICATE_PREFIX, IMAGE_KEYS_KEY, SECRET_KEY } from "../../src/storekeys.js";
import { KEYS_MOST, keysIn } from "../../src/update/keys.js";
import { text } from "./texts.js";

/** Read by hosts/esp32/pole.ts. */
const SERIAL_KEY = "serial";
/** NVS of ESP-IDF takes no longer text. */
const TEXT_MOST = 3999;
const SERIAL = /^[A-Za-z0-9_-]{1,32}$/;

/** The same for a batch; nothing of it is a secret. */
export interface Common {
	readonly profile: Profile;
	/** Texts of `.public` files, in the order of use. */
	readonly updateKeys: readonly string[];
	/** The city's CA, PEM. */
	readonly ca?: string | undefined;
}

/** Of one lamp alone. */
export interface Own {
	readonly lamp: LampSecrets;
	/** The console secret as the lamp stores it (`sealedSecret`). */
	readonly console: string;
	/** The lamp's certificate, PEM; its private key is in the vault. */
	readonly certificate?: string | undefined;
}

/** Values by key of the store. Throws `Trouble` for what the lamp would refuse. */
export function identityOf(
	common: Common,
	lampData: Own,
	content: Content,
): Record<string, string> {
	const { lamp, console, certificate } = lampData;
	const { serial = "", key } = lamp;
	if (!SERIAL.test(serial)) throw new Trouble(text("badSerial", serial));
	const values: Record<string, string> = { [SERIAL_KEY]: serial, [SECRET_KEY]: console };
	const keys = updateKeysOf(common);
	if (keys !== "") values[IMAGE_KEYS_KEY] = keys;
	if (common.ca !== undefined) values[`${CERTIFICATE_PREFIX}ca`] = common.ca;
	if (certificate !== undefined) {
		if (key === undefined) throw new Trouble(text("noLampKey", serial));
		values[`${CERTIFICATE_PREFIX}cert`] = certificate;
		values[`${CERTIFICATE_PREFIX}key`] = key;
	}
	Object.assign(values, secretSections(lamp, content));
	for (const [name, value] of Object.entries(values))
		if (Buffer.byteLength(value) > TEXT_MOST) throw new Trouble(text("tooLong", name, TEXT_MOST));
	return values;
}

/** The keys of images as the lamp reads them: in small digits, a line feed between; `#` begins a comment. */
export function updateKeysOf({ profile, updateKeys }: Common): string {
	const args = updateKeys
		.flatMap((each) => each.replaceAll(/#.*/g, "").toLowerCase().split(/\s+/))
		.filter((word) => word);
	const keys = args.join("\n");
	const read = keysIn(keys).length;
	if (read !== args.length) throw new Trouble(text("badUpdateKey", args.length, read, KEYS_MOST));
	if (new Set(args).size !== args.length) throw new Trouble(text("sameUpdateKey"));
	if (profile === "release" && args.length === 0) throw new Trouble(text("noUpdateKey"));
	return keys;
}

const DOORS: SecretDoors = {
	crypto: {
		hmacSha256: (key, message) =>
			new Uint8Array(createHmac("sha256", key).update(message).digest()),
		random: (into) => void randomFillSync(into),
	},
	utf8: {
		encode: (characters, into, at) =>
			new TextEncoder().encodeInto(characters, into.subarray(at)).written,
	},
};

/** A console secret as a lamp stores it, under a salt of its own. */
export function sealedSecret(secret: string): string {
	if (!isSecret(secret)) throw new Trouble(text("badSecret"));
	return sealed(secret, DOORS);
}

/** The console secret of a lamp as it is recorded, or anew if the lamp has got another one since. */
export function consoleOf({ secret, factory }: LampSecrets): string {
	const recorded = factory?.console;
	return recorded !== undefined && fits(secret, recorded, DOORS) ? recorded : sealedSecret(secret);
}

/**
 * Sections with the settings that are secrets, in the slots to which a depot writes. A Wi-Fi password
 * comes with the name of its network, at the pole (tools/laptop/provision).
 */
function secretSections(lamp: LampSecrets, content: Content): Record<string, string> {
	const sections: Record<string, Record<string, string>> = {};
	for (const [name, value] of Object.entries({ ...content.shared, ...lamp.settings })) {
		const setting = settingOf(name);
		if (!setting?.secret || name === "wifiPassword") continue;
		const checked = validate(name, value, VALIDATORS);
		if (isRejection(checked))
			throw new Trouble(
				text("badSetting", name, {
					en: faultText(checked, value, "en"),
					fr: faultText(checked, value, "fr"),
				}),
			);
		sections[keyOf(setting.section)] ??= {};
		sections[keyOf(setting.section)]![name] = value;
	}
	return Object.fromEntries(
		Object.entries(sections).map(([key, values]) => [key, JSON.stringify(values)]),
	);
}
