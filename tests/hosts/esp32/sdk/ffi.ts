/** `mc/ffi`: functions of ESP-IDF. */
import { power } from "../controller.js";

const RUNNING = 0x3ffb_1234;
const CABLE = 0x3ffc_0000;
const ESP_ERR_NOT_FOUND = 0x105;

function show(duty: number): void {
	const { duties, light } = power.on;
	if (!Number.isInteger(duty) || duty < 0 || duty > light.full) throw new RangeError("invalid");
	duties.push(light.inverted ? light.full - duty : duty);
}

export default class FFI {
	esp_reset_reason(): number {
		power.on.order.push("reset reason");
		return power.on.resetReason;
	}
	luminode_retained(place: number): number {
		return power.on.retained[place]!;
	}
	luminode_retain(place: number, value: number): void {
		power.on.retained[place] = value;
	}
	luminode_bus_open(): number {
		return 1;
	}
	luminode_bus_send(frame: number, twice: number): number {
		const { bus } = power.on;
		if (bus.isBusy) return 0;
		bus.isBusy = true;
		bus.sent.push([frame, twice]);
		return 1;
	}
	luminode_bus_take(): number {
		const { bus } = power.on;
		const { answer } = bus;
		if (answer !== -4) bus.isBusy = false;
		bus.answer = -4;
		return answer;
	}
	luminode_bus_arm(frame: number): void {
		power.on.bus.armed.push(frame);
	}
	luminode_bus_insist(frame: number): void {
		power.on.bus.insisted.push(frame);
	}
	luminode_bus_beat(): void {
		power.on.bus.beats.push(power.on.now);
	}
	luminode_light(resolution: number, inverted: number, duty: number): void {
		power.on.light = { full: 2 ** resolution - 1, inverted: inverted === 1, fallsUntil: -1 };
		show(duty);
	}
	luminode_shine(duty: number): void {
		power.on.shone = duty;
		power.on.light.fallsUntil = -1;
		show(duty);
	}
	luminode_fade(path: ArrayBuffer, count: number): number {
		const points = [...new Uint32Array(path, 0, 2 * count)];
		power.on.paths.push(points);
		const last = points.at(-1)!;
		const falls = last < power.on.shone;
		power.on.light.fallsUntil = falls ? power.on.now + points.at(-2)! : -1;
		power.on.shone = last;
		return falls ? 1 : 0;
	}
	luminode_stop(): void {
		power.on.light.fallsUntil = -1;
	}
	luminode_beat(): number {
		power.on.beats.push(power.on.now);
		return power.on.now < power.on.light.fallsUntil ? 1 : 0;
	}
	luminode_shone(): number {
		const { shone } = power.on;
		power.on.shone = -1;
		return shone;
	}
	luminode_at(input: number, room: number): void {
		power.on.works.push([input, room]);
	}
	luminode_was_at(): number {
		return power.on.wasAt;
	}
	luminode_ended(): string {
		return power.on.ended;
	}
	luminode_crash(index: number): number {
		return power.on.crash[index] ?? 0;
	}
	luminode_restart(): void {
		power.on.wasAsked = 1;
		power.on.restarts.push("asked");
	}
	luminode_was_asked(): number {
		const { wasAsked } = power.on;
		power.on.wasAsked = 0;
		return wasAsked;
	}
	luminode_profile(): string {
		return power.on.profile;
	}
	luminode_slot(): number {
		return power.on.slot;
	}
	esp_restart(): void {
		power.on.restarts.push("asked");
	}
	esp_get_minimum_free_heap_size(): number {
		return 90_000;
	}
	esp_ota_mark_app_valid_cancel_rollback(): number {
		power.on.images.push("kept");
		return 0;
	}
	esp_ota_get_running_partition(): number {
		return RUNNING;
	}
	esp_ota_get_state_partition(partition: number, into: ArrayBuffer): number {
		const { otaState } = power.on;
		if (partition !== RUNNING || otaState === undefined) return ESP_ERR_NOT_FOUND;
		new Uint32Array(into)[0] = otaState;
		return 0;
	}
	esp_netif_get_handle_from_ifkey(name: string): number {
		return power.on.hasInterface && name === "ETH_DEF" ? CABLE : 0;
	}
	esp_netif_dhcpc_stop(netif: number): number {
		if (netif === CABLE) power.on.cable.lease = "none";
		return 0;
	}
	esp_netif_dhcpc_start(netif: number): number {
		const { cable } = power.on;
		if (netif === CABLE && cable.isPlugged && cable.lease === "none") cable.lease = "asked";
		return 0;
	}
	bootloader_random_enable(): void {
		power.on.order.push("noise");
	}
	esp_wifi_set_country_code(country: string, followsOthers: number): number {
		power.on.order.push(`country ${country} ${followsOthers}`);
		return 0;
	}
	esp_wifi_set_ps(kind: number): number {
		power.on.order.push(`power save ${kind}`);
		return 0;
	}
	esp_efuse_mac_get_default(into: ArrayBuffer): number {
		power.on.fail("chip");
		new Uint8Array(into).set([0x24, 0x0a, 0xc4, 0, 1, 2]);
		return 0;
	}
	esp_fill_random(into: ArrayBuffer, count: number): void {
		new Uint8Array(into).fill(power.on.chance++, 0, count);
	}
}
