/**
 * In RAM: the light's interrupt (hosts/esp32/luminode/light.c) reaches nothing in flash, so that it works
 * while the flash cache is off, by the map of GNU ld and its table of cross references.
 *
 * Three rules: no part of our objects is in flash; no symbol to which they refer is, beside those of
 * tasks alone; and no function of ESP-IDF between the interrupt and them is. The list of these was
 * made by following the calls in the disassembly of an ESP32-C3 (docs/boards.md).
 */

const OURS = /libluminode\.a\((fade|light|ledc|dutylog)\.c\.obj\)/;
/** `luminode_light` calls them, at boot. */
const OF_TASKS = [
	"gptimer_new_timer",
	"gptimer_register_event_callbacks",
	"gptimer_set_alarm_action",
	"gptimer_enable",
	"_esp_error_check_failed",
	"abort",
];

/** On every chip. */
const NEEDED = [
	"fadeStep",
	"fadeValue",
	"luminode_ledc",
	"gptimer_start",
	"gptimer_stop",
	"timer_hal_capture_and_get_counter_value",
	"esp_timer_get_time",
	"vPortExitCritical",
] as const;
/** Where a chip has them. */
const REACHED = [
	"vPortEnterCritical",
	"xPortEnterCriticalTimeout",
	"xPortInIsrContext",
	"xPortSetInterruptMaskFromISR",
	"vPortClearInterruptMaskFromISR",
	"vPortYieldFromISR",
	"systimer_hal_get_counter_value",
	"systimer_ticks_to_us",
	"esp_timer_impl_get_counter_reg",
	"__atomic_load_4",
	"__atomic_store_4",
	"__atomic_compare_exchange_4",
];
/** The driver's interrupt: the map has the section of a static function alone. */
const STATIC = /^\.text\.gptimer_default_isr\b/;

const OUTPUT = /^(\.[\w.]+)(?:\s|$)/;
const NAME_ALONE = /^ (\.\S+)$/;
const PLACE = /^(?: (\S+))?\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S.*)$/;
const SYMBOL = /^\s+0x[0-9a-f]+\s+([A-Za-z_]\w*)(?: =.*)?$/;
const REFERENCE = /^(\S*)\s+(\S.*)$/;

/** Parts of the interrupt that are in flash or missing, as sentences; none: it is in RAM. */
export function faultsIn(map: string): readonly string[] {
	const start = map.indexOf("\nLinker script and memory map");
	const end = map.indexOf("\nCross Reference Table");
	if (start < 0 || end < 0) return ["no map of GNU ld with a table of cross references"];
	const { faults, inFlash, found } = placesIn(map.slice(start, end).split("\n"));
	const references = referencesOf(map.slice(end).split("\n"));
	const reached = new Set(
		[...NEEDED, ...REACHED, ...references].filter((name) => !OF_TASKS.includes(name)),
	);
	for (const name of reached) if (inFlash.has(name)) faults.push(`${name} is in flash`);
	for (const name of NEEDED) if (!found.has(name)) faults.push(`${name} is not in the image`);
	return faults;
}

interface Places {
	readonly faults: string[];
	readonly inFlash: ReadonlySet<string>;
	readonly found: ReadonlySet<string>;
}

function placesIn(lines: readonly string[]): Places {
	const faults: string[] = [];
	const [inFlash, found] = [new Set<string>(), new Set<string>()];
	let [output, section] = ["", ""];
	for (const line of lines) {
		const [, next] = OUTPUT.exec(line) ?? [];
		if (next !== undefined) output = next;
		const [, alone] = NAME_ALONE.exec(line) ?? [];
		if (alone !== undefined) section = alone;
		const isFlash = output.startsWith(".flash");
		const [, symbol] = SYMBOL.exec(line) ?? [];
		if (symbol !== undefined) {
			found.add(symbol);
			if (isFlash) inFlash.add(symbol);
			continue;
		}
		const [, name = section, size, file] = PLACE.exec(line) ?? [];
		if (size === undefined || !isFlash || Number.parseInt(size, 16) === 0) continue;
		if (OURS.test(file!)) faults.push(`${name} of ${file} is in flash`);
		else if (STATIC.test(name)) faults.push(`${name} is in flash`);
	}
	return { faults, inFlash, found };
}

/** Symbols to which our objects refer: each stands before the files that contain it. */
function referencesOf(lines: readonly string[]): readonly string[] {
	const names: string[] = [];
	let symbol = "";
	for (const line of lines) {
		const [, name, file] = REFERENCE.exec(line) ?? [];
		if (name) symbol = name;
		if (file !== undefined && OURS.test(file) && names.at(-1) !== symbol) names.push(symbol);
	}
	return names;
}
