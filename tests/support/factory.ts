/** Factory: a city's vault, keys and lamp for tests of the flash station. */
import { createECDH } from "node:crypto";
import type { Content, LampSecrets } from "../../lib/vault/vaultcontent.js";

/** Two keys of images as `npx luminode sign keys` writes them. */
export const UPDATE_KEYS: readonly string[] = [1, 2].map((index) => {
	const pair = createECDH("prime256v1");
	pair.setPrivateKey(Buffer.alloc(32, index));
	return `${pair.getPublicKey("hex").slice(2)}\n`;
});

export const CA = `-----BEGIN CERTIFICATE-----\n${"MIIB".repeat(200).replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

export const LAMP: LampSecrets = {
	serial: "L-0017",
	nodes: [],
	secret: "HQ7KXW2MPB4ZTNCE",
	settings: { brokerPassword: "of this lamp alone" },
	made: "2026-11-24T10:00:00.000Z",
};

export const CONTENT: Content = {
	shared: { siteKey: "NEIGHBOURS-OF-LIEGE-QUAY", wifiPassword: "comes with its network" },
	lamps: [LAMP],
};

/** As long as a private key of RSA 2048 in the vault, and none. */
export const KEY = `-----BEGIN PRIVATE KEY-----\n${"MIIE-".repeat(336)}\n-----END PRIVATE KEY-----\n`;
