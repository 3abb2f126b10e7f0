/**
 * Link map: bytes of each part of a linked image in flash, by the map of GNU ld.
 *
 * The linker joins equal texts of all parts, so they are a part of their own: the bytes of the
 * output's sections less those of all other inputs.
 */

/** Sections of ESP-IDF that an image in flash contains; the others are zeros, addresses or debugging. */
const IN_FLASH =
	/^\.(iram0\.(vectors|text|data)|dram0\.data|flash\.(text|appdesc|rodata|tdata|init_array|eh_frame)|rtc\.(text|data|force_fast|dummy))$/;
const OUTPUT = /^(\.[\w.]+)(?:\s+0x[0-9a-f]+\s+0x([0-9a-f]+)|$)/;
const PLACE = /^(?: (\S+))?\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S.*)$/;
const NAME_ALONE = /^ (\.?\S+)$/;
const MERGED = /\.str1\.\d+$/;

/** Archives and objects, the first that fits; all others are ESP-IDF's. */
const PARTS: readonly (readonly [part: string, file: RegExp])[] = [
	["contents: firmware, the SDK's JavaScript", /xs_\w+\.a\(mc\.(xs|resources)\.c\.o/],
	[
		"hosts/tls and hosts/esp32 in C",
		/xs_\w+\.a\((native-tls|native|certificate|chain|der|digests|keys|resumption|session|worker|port|retained|bus|exchange|wire)\.c\.o|libluminode\.a/,
	],
	["XS", /xs_\w+\.a\((xs\w+|e_pow)\.c\.o/],
	["the SDK's C", /xs_\w+\.a|libmain\.a/],
	["Mbed TLS", /lib(mbed\w*|tfpsacrypto|everest|p256m|mbed-builtin)\.a/],
	[
		"Wi-Fi and PHY",
		/lib(net80211|pp|core|mesh|smartconfig|wapi|espnow|wpa_supplicant|esp_wifi|phy|esp_phy|coexist|esp_coex|btbb|rtc)\.a/,
	],
	["lwIP", /lib(lwip|esp_netif|esp_eth\w*)\.a/],
	["C library", /lib(c|m|gcc|g|nosys|stdc\+\+|esp_libc)\.a/],
];
const REST = "rest of ESP-IDF";
const TEXTS = "texts of all parts, joined by the linker";

const partOf = (file: string): string => PARTS.find(([, fits]) => fits.test(file))?.[0] ?? REST;

/** Bytes in flash by part, the largest first. Throws if the text is no map of GNU ld. */
export function partsIn(map: string): Map<string, number> {
	const start = map.indexOf("\nLinker script and memory map");
	if (start < 0) throw new Error("no map of GNU ld: it has no line `Linker script and memory map`");
	const bytes = new Map<string, number>();
	let isInFlash = false;
	let [section, texts] = ["", 0];
	for (const line of map.slice(start).split("\n")) {
		const [, output, outputSize = "0"] = OUTPUT.exec(line) ?? [];
		if (output !== undefined) {
			isInFlash = IN_FLASH.test(output);
			if (isInFlash) texts += Number.parseInt(outputSize, 16);
			continue;
		}
		const [, alone] = NAME_ALONE.exec(line) ?? [];
		if (alone !== undefined) section = alone;
		const [, name = section, size, file] = PLACE.exec(line) ?? [];
		if (size === undefined || !isInFlash || MERGED.test(name)) continue;
		if (!/\.(a\(|o\b|obj\b)/.test(file!)) continue;
		const [part, count] = [partOf(file!), Number.parseInt(size, 16)];
		bytes.set(part, (bytes.get(part) ?? 0) + count);
		texts -= count;
	}
	bytes.set(TEXTS, texts);
	return new Map([...bytes].sort(([, partBytes], [, other]) => other - partBytes));
}
