/**
 * Probes: quantities that are polled and reported when they leave a dead band.
 *
 * A failed measurement reports nothing: a broken wire is no darkness. The firmware assesses
 * silence.
 */
import Analog from "embedded:io/analog";
import type { Turn } from "host/turn";
import type { Lux } from "luminode/units";
import Timer from "timer";
import type { AnalogLight, PoleBoard } from "./board";
import { openChip, rangeOf, type Sensor } from "./chips";

/** Dusk takes minutes, and a cloud is never urgent. */
const LIGHT_EVERY_ms = 5000;
const TEMPERATURE_EVERY_ms = 60_000;
/**
 * A chip that was started returns zero until it has measured: the slowest (BH1750) needs 180 ms.
 */
const MEASURED_AFTER_ms = 250;
/** The dead band of `Inputs.onIlluminance`: 10 % or 0.5 lx, whichever is more. */
const LIGHT_SHARE = 0.1;
const LIGHT_LEAST: number = 0.5;
/**
 * Of full scale. The ESP32's converter reads 142 mV of 2,450 without light (esp_adc, 12 dB): a
 * smaller value means only that it is dark.
 */
const BLIND_BELOW = 0.07;
/** The dead band of `Inputs.onTemperature`, K. */
const TEMPERATURE_LEAST = 1;

export function watchLight(turn: Turn, { light }: PoleBoard): void {
	if (!light) return;
	const share = shareOf(light);
	const open =
		light.kind === "analog" ? () => openAnalog(light) : () => openChip(light.kind, light);
	const probe = new Probe(open, (lux, last) => {
		const band = Math.max(LIGHT_LEAST, LIGHT_SHARE * last);
		return Math.abs(lux - last) > band;
	});
	every(turn, LIGHT_EVERY_ms, () => {
		const reading = probe.look();
		if (reading === undefined) return;
		const lux = (reading / share) as Lux;
		turn.post("illuminance", (lamp, now) => lamp.onIlluminance(now, lux));
	});
}

/** The end of the light sensor's range, as `watchLight` reports it; undefined: none is fitted. */
export function lightRangeOf({ light }: PoleBoard): Lux | undefined {
	if (!light) return undefined;
	const most = light.kind === "analog" ? light.fullScale_lx : rangeOf(light.kind);
	return (most / shareOf(light)) as Lux;
}

/** Share of the light that the sensor measures. */
function shareOf(light: NonNullable<PoleBoard["light"]>): number {
	return light.kind === "analog" ? 1 : light.transmission;
}

export function watchTemperature(turn: Turn, { temperature }: PoleBoard): void {
	if (!temperature) return;
	const probe = new Probe(
		() => openChip("tmp102", temperature),
		(celsius, last) => Math.abs(celsius - last) > TEMPERATURE_LEAST,
	);
	every(turn, TEMPERATURE_EVERY_ms, () => {
		const celsius = probe.look();
		if (celsius !== undefined)
			turn.post("temperature", (lamp, now) => lamp.onTemperature(now, celsius));
	});
}

function every(turn: Turn, period: number, look: () => void): void {
	const guarded = turn.guarded(look);
	Timer.repeat(guarded, period);
	Timer.set(guarded, 0); // at once, but after the light
	Timer.set(guarded, MEASURED_AFTER_ms);
}

class Probe {
	private sensor: Sensor | undefined;
	private reported: number | undefined;
	private readonly open: () => Sensor;
	private readonly isNews: (reading: number, reported: number) => boolean;

	constructor(open: () => Sensor, isNews: (reading: number, reported: number) => boolean) {
		this.open = open;
		this.isNews = isNews;
	}

	/** A value that left the dead band. A failure closes the sensor; the next poll reopens it. */
	look(): number | undefined {
		const reading = this.measured();
		if (reading === undefined || !Number.isFinite(reading)) return undefined;
		if (this.reported !== undefined && !this.isNews(reading, this.reported)) return undefined;
		this.reported = reading;
		return reading;
	}

	private measured(): number | undefined {
		const { sensor } = this;
		try {
			if (sensor) return sensor.read();
			this.sensor = this.open();
		} catch {
			this.sensor = undefined;
			sensor?.close();
		}
		return undefined;
	}
}

function openAnalog({ pin, fullScale_lx }: AnalogLight): Sensor {
	const analog = new Analog({ pin });
	const full = (1 << analog.resolution) - 1;
	return {
		read() {
			const share = analog.read() / full; // NaN if the converter has no answer
			return share < BLIND_BELOW ? 0 : share * fullScale_lx;
		},
		close() {}, // it never throws
	};
}
