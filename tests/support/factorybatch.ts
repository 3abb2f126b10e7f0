/** Factory batch: the input of a flash station, for the simulated bench. */
import {
	type Content,
	EMPTY,
	type LampSecrets,
	type SecretStore,
	withLamp,
} from "../../lib/vault/vaultcontent.js";
import type { Place } from "../../tools/factory/bench.js";
import type { Chip } from "../../tools/factory/fuses.js";
import type { Sealing } from "../../tools/factory/seal.js";
import type { Batch } from "../../tools/factory/station.js";
import { spacedHex } from "./fakebench.js";

/** Digest of the boot key. */
export const BOOT = Buffer.alloc(32, 0xb0);
const NOW = new Date("2026-11-24T10:00:00.000Z");

/** A vault without a disk; each content is what a file would give back. */
export class MemoryVault implements SecretStore {
	content: Content = EMPTY;
	read(): Content {
		return this.content;
	}
	update(change: (content: Content) => Content): void {
		this.content = change(this.content);
	}
	amend({ secret }: LampSecrets, more: Partial<LampSecrets>): LampSecrets {
		const before = this.content.lamps.find((lamp) => lamp.secret === secret)!;
		const after = JSON.parse(JSON.stringify({ ...before, ...more })) as LampSecrets;
		this.content = withLamp(this.content, after, before);
		return after;
	}
}

const place = (name: string, offset: number, text: string, isEncrypted: boolean): Place => ({
	name,
	offset,
	bytes: Buffer.from(text),
	isEncrypted,
});
const nvs = ({ serial, secret }: LampSecrets) =>
	place("nvs", 0x11000, `nvs ${JSON.stringify({ serial, secret })}`, false);

export function batchOf(chip: Chip, more: Partial<Batch> = {}): Batch {
	return {
		profile: "bring-up",
		chip,
		station: "one",
		image: "test image",
		say: () => {},
		serialFor: (_facts, { lamps }) => `L-${String(lamps.length + 1).padStart(4, "0")}`,
		places: async (lamp) => [
			place("bootloader", chip === "esp32" ? 0x1000 : 0, "loader for tests", true),
			nvs(lamp),
			place("ota_0", 0x30000, "firmware for tests", true),
		],
		label: () => {},
		now: () => NOW,
		...more,
	};
}

export function sealingOf(chip: Chip, more: Partial<Sealing> = {}): Sealing {
	return {
		chip,
		release: "signed image",
		bootKeys: [BOOT],
		now: () => NOW,
		say: () => {},
		agrees: async () => true,
		newNvsKeys: () => Buffer.alloc(4096, 7),
		places: async (lamp) => [
			place(
				"bootloader",
				chip === "esp32" ? 0x1000 : 0,
				`loader signed by ${spacedHex(BOOT)}.`,
				true,
			),
			nvs(lamp),
			place("ota_0", 0x30000, "firmware of release", true),
		],
		...more,
	};
}
