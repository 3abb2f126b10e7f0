/**
 * Parts of the Moddable SDK 8.2.3 that the hosts use, as it declares them, for a type check without
 * the SDK.
 *
 * A build with the SDK uses the SDK's own declarations; `npm run host -- image` proves that both
 * agree.
 */

/** Words of the SDK's compiler: a host object with that destructor, and a function in C. */
declare function Native(destructor: string): new () => object;
declare function native(name: string): { call(self: unknown, ...words: unknown[]): never };

declare module "timer" {
	class Timer {
		private constructor();
		static set: (callback: (timer: Timer) => void, interval?: number) => Timer;
		static repeat: (callback: (timer: Timer) => void, interval: number) => Timer;
		static clear: (timer: Timer | undefined) => void;
	}
	export default Timer;
}
declare module "time" {
	const Time: {
		/** A 32-bit counter of milliseconds that may be negative. */
		readonly ticks: number;
		delta(start: number, end?: number): number;
		/** Seconds since 1970. */
		set(seconds: number): void;
	};
	export default Time;
}
declare module "mc/ffi" {
	/** Functions in C, as `hosts/esp32/manifest.json` names them. */
	export default class FFI {
		esp_reset_reason(): number;
		/** NaN: no valid number. `place`: 0 the level, 1 the refusals. */
		luminode_retained(place: number): number;
		luminode_retain(place: number, value: number): void;
		/** Opens the lamp's light at a duty; `inverted`: 1 or 0. */
		luminode_light(resolution: number, inverted: number, duty: number): void;
		luminode_shine(duty: number): void;
		luminode_bus_open(
			transmit: number,
			receive: number,
			invertOut: number,
			invertIn: number,
		): number;
		luminode_bus_send(frame: number, twice: number): number;
		luminode_bus_take(): number;
		luminode_bus_arm(frame: number): void;
		luminode_bus_insist(frame: number): void;
		luminode_bus_beat(): void;
		/** 1: the light will fall, and needs beats. */
		luminode_fade(path: ArrayBuffer, count: number): number;
		luminode_stop(): void;
		/** 1: more of them are needed. */
		luminode_beat(): number;
		luminode_shone(): number;
		luminode_profile(): string;
		luminode_slot(): number;
		/** What the machine is at work on: indices of INPUTS and ROOMS. */
		luminode_at(input: number, room: number): void;
		/** 256 times the input and the room; -1: unknown. */
		luminode_was_at(): number;
		/** Empty: nothing is known. */
		luminode_ended(): string;
		luminode_crash(nth: number): number;
		luminode_restart(): void;
		/** 1 or 0; clears it. */
		luminode_was_asked(): number;
		esp_restart(): void;
		esp_get_minimum_free_heap_size(): number;
		esp_ota_mark_app_valid_cancel_rollback(): number;
		/** An address. */
		esp_ota_get_running_partition(): number;
		/** Writes an `esp_ota_img_states_t`. */
		esp_ota_get_state_partition(partition: number, into: ArrayBuffer): number;
		/** An address; 0: none of that name. */
		esp_netif_get_handle_from_ifkey(name: string): number;
		esp_netif_dhcpc_stop(netif: number): number;
		esp_netif_dhcpc_start(netif: number): number;
		bootloader_random_enable(): void;
		/** 1: the country that an access point announces instead. */
		esp_wifi_set_country_code(country: string, followsOthers: number): number;
		esp_wifi_set_ps(kind: number): number;
		esp_efuse_mac_get_default(into: ArrayBuffer): number;
		esp_fill_random(into: ArrayBuffer, count: number): void;
	}
}
declare module "embedded:io/pwm" {
	export default class PWM {
		constructor(options: { pin: number; hz?: number });
		write(value: number): void;
	}
}
declare module "embedded:io/digital" {
	export default class Digital {
		static readonly Input: number;
		static readonly InputPullUp: number;
		static readonly InputPullDown: number;
		static readonly Output: number;
		static readonly Rising: number;
		static readonly Falling: number;
		constructor(options: {
			pin: number;
			mode: number;
			edge?: number;
			initialValue?: 0 | 1;
			onReadable?: () => void;
		});
		read(): 0 | 1;
		write(value: 0 | 1): void;
		close(): void;
	}
}
declare module "embedded:io/analog" {
	export default class Analog {
		constructor(options: { pin: number });
		readonly resolution: number;
		read(): number;
	}
}
declare module "embedded:io/i2c" {
	export default class I2C {
		constructor(options: { data: number; clock: number; hz: number; address: number });
		read(into: Uint8Array): number;
		write(bytes: Uint8Array, stop?: boolean): void;
	}
}
declare module "embedded:io/serial" {
	export default class Serial {
		constructor(options: {
			port: number;
			receive: number;
			transmit: number;
			baud: number;
			format: "buffer";
			onReadable?: (count: number) => void;
			onWritable?: (count: number) => void;
		});
		read(into: Uint8Array): number | undefined;
		write(bytes: Uint8Array): void;
	}
}
declare module "embedded:io/socket/tcp" {
	export type Options = ({ address: string } | { host: string }) & {
		port: number;
		nodelay?: boolean;
		onReadable?: (this: TCP, count: number) => void;
		onWritable?: (this: TCP, count: number) => void;
		onError?: (this: TCP) => void;
	};
	export default class TCP {
		constructor(options: Options);
		read(into: Uint8Array): void;
		write(bytes: Uint8Array | ArrayBuffer): number;
		close(): void;
	}
}
declare module "embedded:io/socket/udp" {
	export default class UDP {
		constructor(options: { port?: number; onReadable?: (count: number) => void });
		read(): ArrayBuffer & { address: string; port: number };
		write(bytes: Uint8Array, address: string, port: number): void;
	}
}
declare module "embedded:storage/key-value" {
	export class Storage {
		read(key: string): string | number | bigint | ArrayBuffer;
		write(key: string, value: string): void;
		delete(key: string): void;
	}
	const KeyValue: { open(options: { path: string; format?: "string" }): Storage };
	export default KeyValue;
}
declare module "embedded:storage/flash" {
	export class Flash {
		read(into: Uint8Array, offset: number): number;
		write(bytes: Uint8Array, offset: number): void;
		eraseBlock(sector: number): void;
		status(): { size: number };
	}
	const FlashStorage: { open(options: { path: string; mode?: "r" | "r+" }): Flash };
	export default FlashStorage;
}
declare module "embedded:update" {
	import type { Flash } from "embedded:storage/flash";
	export interface Updater {
		write(bytes: Uint8Array): void;
		complete(): void;
		close(): void;
	}
	const Update: {
		open(options: { partition: Flash; mode?: "a" | "w"; byteLength?: number }): Updater;
	};
	export default Update;
}
declare module "embedded:network/interface/wifi" {
	export default class WiFi {
		constructor(options: { onChanged?: (property: "connection" | "address") => void });
		connect(options: { SSID: string; password?: string }): void;
		disconnect(): void;
		scan(options: {
			onFound(found: { SSID: string; RSSI: number; channel: number }): void;
			onComplete(): void;
		}): void;
		readonly connection: number;
		readonly address: string | undefined;
		readonly MAC: string | undefined;
		readonly RSSI: number | undefined;
		readonly channel: number | undefined;
	}
}
declare module "embedded:network/interface/ethernet" {
	export default class Ethernet {
		constructor(options: { onChanged?: (property: "connection" | "address") => void });
		connect(): void;
		disconnect(): void;
		readonly connection: number;
		readonly address: string | undefined;
		readonly MAC: string | undefined;
	}
}
