/**
 * Replayed: the world of a lamp whose inputs come from a recording: it boots the lamp, posts its
 * inputs, and reads the levels that it decides.
 */

import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import { EFFECT, type EffectKind, INPUT } from "../../hosts/virtual/protocol.js";
import { bytesOf, textOf } from "../../lib/bytes.js";
import type { Post } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import type { Agenda } from "../util/agenda.js";
import { type Difference, firstBlurredDifference, firstDifference } from "./compare.js";
import { type Act, BETWEEN, type Level, type Plan, type PlannedLife } from "./plan.js";
import { storedSettings } from "./settings.js";

/** The one lamp, as the world counts. */
const LAMP = 0;
/** Port of the texts of lamp/replay.ts. */
const PORT = 1;
const BOOT_KEY = "replay";

interface Power {
	powerOn(at: number, lamp: number): void;
	powerOff(at: number, lamp: number): void;
}

export class Replayed {
	/** Levels that the replayed lamp decided. */
	readonly levels: Level[] = [];
	#life: PlannedLife | undefined;
	#bootAt = 0;

	constructor(
		readonly plan: Plan,
		private readonly fleet: Fleet,
		private readonly post: Post,
		private readonly witness: Witness,
	) {}

	/** Puts everything into the agenda; the settings of the first life are in the store. */
	begin(agenda: Agenda, power: Power): void {
		this.plan.lives.forEach((life, index) => {
			const begin = (at: number) => this.#begin(life, at);
			if (index > 0) this.#end(agenda, power, life);
			agenda.add(life.bootAt, { due: begin });
			power.powerOn(life.bootAt, LAMP);
			for (const act of life.acts) agenda.add(act.at, { due: (at) => this.#act(act, at) });
		});
	}

	/** Ends the life before: a lamp that is to restart stores its orders first. */
	#end(agenda: Agenda, power: Power, { bootAt, boot: [, cause] }: PlannedLife): void {
		const offAt = bootAt - BETWEEN;
		if (cause === "restart" || cause === "update")
			agenda.add(offAt - 1, { due: (at) => this.#send("r", at) });
		power.powerOff(offAt, LAMP);
	}

	#begin(life: PlannedLife, at: number): void {
		this.#life = life;
		this.#bootAt = at;
		this.fleet.storeWrite(this.fleet.first, BOOT_KEY, JSON.stringify(life.boot));
		this.#store(life.settings);
	}

	#store(values: PlannedLife["settings"]): void {
		for (const [section, text] of storedSettings(values))
			this.fleet.storeWrite(this.fleet.first, `set.${section}`, text);
	}

	#act({ kind, value, text, values }: Act, at: number): void {
		const { post, witness } = this;
		switch (kind) {
			case "movement":
			case "stillness":
				witness.onEdge?.(at, LAMP, kind === "movement", true);
				post(LAMP, at, INPUT[kind]);
				return;
			case "illuminance":
				witness.onIlluminance?.(at, LAMP, value);
				witness.onDaylight?.(at, value);
				post(LAMP, at, INPUT.illuminance, value);
				return;
			case "temperature":
			case "time":
				post(LAMP, at, INPUT[kind], value);
				return;
			case "settings":
				this.#store(values!);
				this.#send("s", at);
				return;
			case "text":
				this.#send(text!, at);
		}
	}

	#send(text: string, at: number): void {
		this.post(LAMP, at, INPUT.datagram, PORT, 0, bytesOf(text));
	}

	/** A level that the lamp logs: its instant since the boot, per cent, and the request that won. */
	readonly onEffect = (
		kind: EffectKind,
		_at: number,
		_lamp: number,
		_value: number,
		bytes: Uint8Array,
	): void => {
		if (kind !== EFFECT.log || !this.#life) return;
		const text = textOf(bytes);
		if (!text.startsWith("[")) return;
		const [since, level, who] = JSON.parse(text) as [number, number, string];
		this.levels.push({ at: this.#bootAt + since, level, who });
	};

	/** The first difference of a life; undefined: none. */
	difference(life: PlannedLife): Difference | undefined {
		const replayed = this.levels.filter(({ at }) => at >= life.bootAt && at < life.until);
		const compare = this.plan.recording.isBlurred ? firstBlurredDifference : firstDifference;
		return compare(life.levels, replayed, life);
	}
}
