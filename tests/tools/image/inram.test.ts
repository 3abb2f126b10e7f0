/** The light's interrupt by a map of the linker: what of it is in flash. */
import { describe, expect, test } from "@jest/globals";
import { faultsIn } from "../../../tools/image/inram.js";

/** Excerpts of the map of an ESP32-C3, as linked with ESP-IDF 6.0. */
const MAP = `
Discarded input sections
 .text          0x00000000        0x0 esp-idf/luminode/libluminode.a(light.c.obj)

Linker script and memory map

.rtc_noinit     0x50000000       0x50
 .rtc_noinit.0  0x50000024        0x8 esp-idf/luminode/libluminode.a(light.c.obj)

.iram0.text     0x40380000     0xffaa
 .iram1.1       0x40380318       0x24 esp-idf/esp_timer/libesp_timer.a(esp_timer_impl_systimer.c.obj)
                0x40380318                esp_timer_get_time
                0x40380318                esp_timer_impl_get_time
 .text.gptimer_default_isr
                0x40381000       0x7a esp-idf/esp_driver_gptimer/libesp_driver_gptimer.a(gptimer.c.obj)
 .text.gptimer_start
                0x40381100       0x80 esp-idf/esp_driver_gptimer/libesp_driver_gptimer.a(gptimer.c.obj)
                0x40381100                gptimer_start
 .text.gptimer_stop
                0x40381180       0x80 esp-idf/esp_driver_gptimer/libesp_driver_gptimer.a(gptimer.c.obj)
                0x40381180                gptimer_stop
 .text.timer_hal_capture_and_get_counter_value
                0x40381200       0x20 esp-idf/esp_hal_timg/libesp_hal_timg.a(timer_hal.c.obj)
                0x40381200                timer_hal_capture_and_get_counter_value
 .text.systimer_ticks_to_us
                0x403863d6        0xc esp-idf/esp_hw_support/libesp_hw_support.a(systimer.c.obj)
                0x403863d6                systimer_ticks_to_us
 .iram1.5       0x40386e1c       0x2c esp-idf/freertos/libfreertos.a(port.c.obj)
                0x40386e1c                vPortEnterCritical
 .iram1.6       0x40386e48       0x2c esp-idf/freertos/libfreertos.a(port.c.obj)
                0x40386e48                vPortExitCritical
 .text.fadeStep
                0x403890d2      0x158 esp-idf/luminode/libluminode.a(fade.c.obj)
                0x403890d2                fadeStep
 .text.fadeValue
                0x4038935e       0x18 esp-idf/luminode/libluminode.a(fade.c.obj)
                0x4038935e                fadeValue
 .text.luminode_ledc
                0x40389376       0x34 esp-idf/luminode/libluminode.a(ledc.c.obj)
                0x40389376                luminode_ledc
 .text.carry    0x403893f4       0x52 esp-idf/luminode/libluminode.a(light.c.obj)

.dram0.data     0x3fc90000     0x2478
 .rodata.each.0
                0x3fc91e9c       0x14 esp-idf/luminode/libluminode.a(light.c.obj)

.flash.text     0x42000020    0xd6b08
 .text.gptimer_new_timer
                0x42050eae       0x84 esp-idf/esp_driver_gptimer/libesp_driver_gptimer.a(gptimer.c.obj)
                0x42050eae                gptimer_new_timer
 .text          0x42060000        0x0 esp-idf/luminode/libluminode.a(fade.c.obj)
 .text.elsewhere
                0x42060000       0x10 esp-idf/lwip/liblwip.a(tcp.c.obj)
                0x42060000                elsewhere

.flash.rodata   0x3c0e0120    0xb3740
 .rodata.tables
                0x3c0e0120       0x20 esp-idf/lwip/liblwip.a(tcp.c.obj)

Cross Reference Table

Symbol                                            File
elsewhere                                         esp-idf/lwip/liblwip.a(tcp.c.obj)
                                                  esp-idf/lwip/liblwip.a(udp.c.obj)
gptimer_new_timer                                 esp-idf/esp_driver_gptimer/libesp_driver_gptimer.a(gptimer.c.obj)
                                                  esp-idf/luminode/libluminode.a(light.c.obj)
gptimer_stop                                      esp-idf/esp_driver_gptimer/libesp_driver_gptimer.a(gptimer.c.obj)
                                                  esp-idf/luminode/libluminode.a(light.c.obj)
fadeStep                                          esp-idf/luminode/libluminode.a(fade.c.obj)
                                                  esp-idf/luminode/libluminode.a(light.c.obj)
`;
const DRIVER = "esp-idf/esp_driver_gptimer/libesp_driver_gptimer.a(gptimer.c.obj)";
const LWIP = "esp-idf/lwip/liblwip.a";

/** The map with one line behind the head of its code in flash. */
const withFlash = (line: string): string =>
	MAP.replace(".flash.text     0x42000020    0xd6b08\n", (head) => `${head}${line}\n`);

test("a map whose interrupt is in RAM has no fault", () => {
	expect(faultsIn(MAP)).toEqual([]);
});

describe("a fault is named where", () => {
	const moved = (name: string) => withFlash(`                0x42000020                ${name}`);
	const rows: [what: string, map: string, fault: string][] = [
		[
			"a function of ours is in flash",
			withFlash(
				" .text.carry    0x42000020       0x52 esp-idf/luminode/libluminode.a(light.c.obj)",
			),
			".text.carry of esp-idf/luminode/libluminode.a(light.c.obj) is in flash",
		],
		[
			"a constant of ours is in flash",
			MAP.replace(
				" .rodata.tables\n                0x3c0e0120       0x20 esp-idf/lwip/liblwip.a(tcp.c.obj)",
				" .rodata.tables\n                0x3c0e0120       0x20 esp-idf/luminode/libluminode.a(fade.c.obj)",
			),
			".rodata.tables of esp-idf/luminode/libluminode.a(fade.c.obj) is in flash",
		],
		[
			"the driver's interrupt is in flash",
			withFlash(` .text.gptimer_default_isr\n                0x42000020       0x7a ${DRIVER}`),
			".text.gptimer_default_isr is in flash",
		],
		["the driver stops in flash", moved("gptimer_stop"), "gptimer_stop is in flash"],
		["the clock is in flash", moved("esp_timer_get_time"), "esp_timer_get_time is in flash"],
		["FreeRTOS is in flash", moved("vPortEnterCritical"), "vPortEnterCritical is in flash"],
		[
			"ours call a function of flash that no list has",
			MAP.replace(
				`                  ${LWIP}(udp.c.obj)`,
				`                  esp-idf/luminode/libluminode.a(fade.c.obj)`,
			),
			"elsewhere is in flash",
		],
		[
			"no interrupt was linked",
			MAP.replaceAll("luminode_ledc", "luminode_none"),
			"luminode_ledc is not in the image",
		],
		["there is no map", "", "no map of GNU ld with a table of cross references"],
	];
	test.each(rows)("%s", (_what, map, fault) => {
		expect(map).not.toBe(MAP);
		expect(faultsIn(map)).toEqual([fault]);
	});
});
