/**
 * Probes: quantities that are read from time to time and told when they left a dead band.
 *
 * A reading that fails tells nothing: a torn wire is no darkness. Who judges silence is the lamp.
 */
import Analog from "embedded:io/analog";
import type { Turn } from "host/turn";
import type { Lux } from "luminode/units";
import Timer from "timer";
import type { AnalogLight, Board } from "./board";
import { openChip } from "./chips";

/** Dusk takes minutes; a cloud may take as long as it likes. */
const LIGHT_EVERY_ms = 5000;
const TEMPERATURE_EVERY_ms = 60_000;
/** The dead band of `Inputs.onIlluminance`: 10 % or 0.5 lx, whichever is more. */
const LIGHT_SHARE = 0.1;
const LIGHT_LEAST: number = 0.5;
/** The dead band of `Inputs.onTemperature`, K. */
const TEMPERATURE_LEAST = 1;

export function watchLight(turn: Turn, { light }: Board): void {
	if (!light) return;
	const share = light.kind === "analog" ? 1 : light.transmission;
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
		turn.tell((lamp, now) => lamp.onIlluminance(now, lux));
	});
}

export function watchTemperature(turn: Turn, { temperature }: Board): void {
	if (!temperature) return;
	const probe = new Probe(
		() => openChip("tmp102", temperature),
		(celsius, last) => Math.abs(celsius - last) > TEMPERATURE_LEAST,
	);
	every(turn, TEMPERATURE_EVERY_ms, () => {
		const celsius = probe.look();
		if (celsius !== undefined) turn.tell((lamp, now) => lamp.onTemperature(now, celsius));
	});
}

function every(turn: Turn, period: number, look: () => void): void {
	const guarded = turn.guarded(look);
	Timer.repeat(guarded, period);
	Timer.set(guarded, 0); // at once, but after the light
}

class Probe {
	private read: (() => number) | undefined;
	private told: number | undefined;
	private readonly open: () => () => number;
	private readonly isNews: (reading: number, told: number) => boolean;

	constructor(open: () => () => number, isNews: (reading: number, told: number) => boolean) {
		this.open = open;
		this.isNews = isNews;
	}

	/** A reading worth telling. Where the sensor fails it is opened anew at the next look. */
	look(): number | undefined {
		let reading: number;
		try {
			this.read ??= this.open();
			reading = this.read();
		} catch {
			return undefined;
		}
		if (!Number.isFinite(reading)) return undefined;
		if (this.told !== undefined && !this.isNews(reading, this.told)) return undefined;
		this.told = reading;
		return reading;
	}
}

function openAnalog({ pin, fullScale_lx }: AnalogLight): () => number {
	const analog = new Analog({ pin });
	const full = (1 << analog.resolution) - 1;
	return () => (analog.read() / full) * fullScale_lx; // NaN where the converter has no answer
}
