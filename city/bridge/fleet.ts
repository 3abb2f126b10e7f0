/** Fleet: the latest of each lamp, as little as the bridge and the metrics need. */
import {
	type Birth,
	type Happening,
	isNarrow,
	numberOf,
	objectOf,
	placeOf,
	type State,
	type Status,
	showsOnline,
	type Telemetry,
} from "../contract.js";
import { Gaps } from "../gaps.js";

export interface Lamp {
	readonly site: string;
	readonly node: string;
	isOnline: boolean;
	/** Its birth is known, or it reported since the start. */
	isSeen: boolean;
	serial: string;
	group: string;
	version: string;
	hardware: string;
	/** Per cent; of a fade its end, for no report follows there. */
	level?: number | undefined;
	reason: string;
	/** Whether an order is in force. */
	isOrdered: boolean;
	isDark?: boolean | undefined;
	isMaintained: boolean;
	/** Its telemetry is hours old. */
	isNarrow: boolean;
	faults: readonly string[];
	power?: number | undefined;
	energy?: number | undefined;
	saved?: number | undefined;
	temperature?: number | undefined;
}

/** Of events, as the contract names them. */
const SEVERITIES = ["safety", "repair", "info"];
/** Retained kinds that are taken, and those of which each message counts. */
export const LATEST = ["status", "birth", "state"] as const;
export const EVERY = ["telemetry", "event"];
const KINDS: readonly string[] = [...LATEST, ...EVERY];

export class Fleet {
	readonly lamps = new Map<string, Lamp>();
	/** Events since the start, by severity. */
	readonly events = new Map<string, number>();
	messages = 0;
	/** ms of the latest message. */
	latest = 0;
	readonly gaps: Gaps;
	readonly #root: string;
	readonly #now: () => number;

	/** `say` gets a line when an event is missing. */
	constructor(root: string, now: () => number, say: (line: string) => void = () => {}) {
		this.gaps = new Gaps(say, now);
		this.#root = root;
		this.#now = now;
	}

	/** @returns the lamp that the message changed */
	take(topic: string, payload: Uint8Array, isRetained: boolean): Lamp | undefined {
		const place = placeOf(this.#root, topic);
		const body = objectOf<object>(payload);
		if (!place || !body || place.site === "unassigned" || !KINDS.includes(place.kind))
			return undefined;
		this.messages += 1;
		this.latest = this.#now();
		if (place.kind === "event") {
			this.gaps.take(place, body);
			const { severity } = body as Happening;
			const key = SEVERITIES.find((candidate) => candidate === severity) ?? "other";
			this.events.set(key, (this.events.get(key) ?? 0) + 1);
			return undefined;
		}
		const name = `${place.site}/${place.node}`;
		let lamp = this.lamps.get(name);
		if (!lamp) {
			lamp = newLamp(place.site, place.node);
			this.lamps.set(name, lamp);
		}
		lamp.serial ||= textOf((body as { serial?: unknown }).serial);
		if (showsOnline(place.kind, isRetained)) lamp.isOnline = lamp.isSeen = true;
		if (place.kind === "status") lamp.isOnline = (body as Status).online === true;
		else if (place.kind === "birth") born(lamp, body as Birth);
		else if (place.kind === "state") changed(lamp, body as State);
		else metered(lamp, body as Telemetry);
		return lamp;
	}
}

function newLamp(site: string, node: string): Lamp {
	return {
		site,
		node,
		isOnline: false,
		isSeen: false,
		serial: "",
		group: "",
		version: "",
		hardware: "",
		reason: "",
		isOrdered: false,
		isMaintained: false,
		isNarrow: false,
		faults: [],
	};
}

function born(lamp: Lamp, birth: Birth): void {
	const { serial, group, swVersion, hardware, state } = birth;
	lamp.isSeen = true;
	lamp.isNarrow = isNarrow(birth);
	if (lamp.isNarrow) lamp.power = undefined;
	lamp.serial = textOf(serial);
	lamp.group = textOf(group);
	lamp.version = textOf(swVersion);
	lamp.hardware = textOf(hardware);
	if (state) changed(lamp, state);
}

function changed(lamp: Lamp, state: State): void {
	const { actualLightState, feedbackLightCommand, fadeRemaining_s } = state;
	lamp.level = numberOf(fadeRemaining_s === undefined ? actualLightState : feedbackLightCommand);
	lamp.reason = textOf(state.reason);
	lamp.isOrdered = state.targetLightCommand !== undefined;
	lamp.isDark = state.dark;
	lamp.isMaintained = state.maintenanceMode === true;
	lamp.faults = Array.isArray(state.faults) ? state.faults.map(String) : [];
}

function metered(lamp: Lamp, telemetry: Telemetry): void {
	const { activePower_W: modelled, driver } = telemetry;
	lamp.power = lamp.isNarrow ? undefined : numberOf(driver?.activePower_W ?? modelled);
	lamp.energy = numberOf(telemetry.activeEnergy_kWh);
	lamp.saved = numberOf(telemetry.energySaved_kWh);
	lamp.temperature = numberOf(telemetry.temperature_C);
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}
