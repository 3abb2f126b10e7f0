/**
 * Lamp night: one lamp lives through a night on a host in plain memory; its PWM is written down.
 *
 * The world here is independent of the firmware: the sun is an ephemeris', the sky a line through the
 * lux measured at dusk, the wall clock Node's Intl.
 */
import type { Host, Inputs } from "../../src/host.js";
import type { Lux, UtcMillis } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { FakeHost } from "../hosts/fakehost.js";
import { type Happening, HOURS, type Night } from "./night.js";
import { elevation, LATITUDE, LONGITUDE, skyLux } from "./sky.js";

const MINUTE = 60_000;
export const END = HOURS * 60 * MINUTE;
/** Beyond these the sky is plainly day or night, and the sensor need not be asked each minute. */
const DUSK_DEGREES = 9;

/** What a night needs of the firmware: a mutated one answers the same. */
export interface Firmware {
	new (
		host: Host,
	): Inputs & {
		readonly view: View;
		takeOrder(
			text: string,
			envelope: { via: "console" | "emergency"; retained: boolean; toMany: boolean },
			now: number,
		): { status: string };
	};
}
type Lamp = InstanceType<Firmware>;

/** Counters as the city would see them. */
export interface Sample {
	readonly at: number;
	readonly life: number;
	readonly counters: readonly number[];
}

export interface Lived {
	readonly duties: readonly (readonly [at: number, duty: number])[];
	readonly samples: readonly Sample[];
	/** Orders that were taken, with their instants. */
	readonly taken: ReadonlySet<Happening>;
	readonly faults: readonly unknown[];
}

export function programText({ firstLevel, points }: Night): string {
	const two = (n: number) => String(n).padStart(2, "0");
	const clock = (minutes: number) => {
		const m = (18 * 60 + minutes) % 1440;
		return `${two(Math.floor(m / 60))}:${two(m % 60)}`;
	};
	const body = points.map(([minutes, level]) => `${clock(minutes)} ${level < 0 ? "out" : level}`);
	return [`sunset ${firstLevel}`, ...body].join("; ");
}

export function live(night: Night, Node: Firmware): Lived {
	const host = new FakeHost();
	const sections = {
		light: night.light,
		calendar: {
			program: programText(night),
			presenceDuringLightsOut: night.ignorePresence ? "ignore" : "light",
			latitude: LATITUDE,
			longitude: LONGITUDE,
		},
		sensing: { photocell: night.photocell },
	};
	host.configure(sections);
	if (night.relay) host.fitRelay();
	const samples: Sample[] = [];
	const faults: unknown[] = [];
	const taken = new Set<Happening>();
	let life = 0;
	let active = 0; // how many trip the PIR
	let lux = -1; // as last told
	let flashes: number[] = [];
	let clockSet: { wall: number; at: number } | undefined;
	let lamp: Lamp | undefined;

	const guarded = (what: () => void) => {
		try {
			what();
		} catch (error) {
			faults.push(error);
			lamp?.onFault(host.now, error);
		}
	};
	const tell = (what: (inputs: Lamp) => void) =>
		guarded(() => {
			what(lamp!);
			lamp!.tick(host.now);
		});
	const boot = () => {
		host.alarmAt = Infinity;
		host.contacts.push([host.now, true]); // the relay needs power to open
		lamp = new Node(host);
		host.inputs = lamp;
		life += 1;
		lux = -1;
		tell((inputs) => {
			if (active > 0) inputs.onMovement(host.now);
		});
		look();
	};
	const look = () => {
		if (!night.photocell) return;
		const sky = night.sky * skyLux(elevation(night.start + host.now));
		const seen = sky + Math.max(0, ...flashes);
		if (lux >= 0 && Math.abs(seen - lux) < Math.max(0.5, 0.1 * lux)) return;
		lux = seen;
		tell((inputs) => inputs.onIlluminance(host.now, seen as Lux));
	};
	const sample = () => {
		const { meter, traffic } = lamp!.view;
		const { activeEnergy_kWh, operatingHours, switchOnCounter } = meter;
		const users = traffic.accumulatedRoadUserNumber;
		const counters = [activeEnergy_kWh, operatingHours, switchOnCounter, users];
		samples.push({ at: host.now, life, counters });
	};
	const restart = (cause: FakeHost["powerCause"]) => {
		sample();
		host.powerCause = cause;
		const runsOn = cause !== "powerOn" && clockSet !== undefined;
		if (!runsOn) clockSet = undefined;
		host.wall = runsOn ? ((clockSet!.wall + host.now - clockSet!.at) as UtcMillis) : undefined;
		boot();
	};
	host.setWallClock = (utc) => {
		clockSet = { wall: utc, at: host.now };
	};

	const agenda: [at: number, act: () => void][] = [];
	const at = (instant: number, act: () => void) => agenda.push([Math.min(END, instant), act]);
	for (const happening of night.happenings)
		switch (happening.what) {
			case "stay":
				at(happening.at, () => {
					active += 1;
					if (active === 1) tell((inputs) => inputs.onMovement(host.now));
				});
				at(happening.at + happening.length, () => {
					active -= 1;
					if (active === 0) tell((inputs) => inputs.onStillness(host.now));
				});
				break;
			case "flash":
				at(happening.at, () => {
					flashes.push(happening.lux);
					look();
				});
				at(happening.at + happening.length, () => {
					flashes = flashes.filter((light) => light !== happening.lux);
					look();
				});
				break;
			case "time":
				at(happening.at, () =>
					tell((inputs) =>
						inputs.onTime(host.now, (night.start + host.now + happening.error) as UtcMillis),
					),
				);
				break;
			case "order":
			case "clear":
			case "emergency":
			case "deed":
				at(happening.at, () =>
					tell((inputs) => {
						const text = orderText(happening, night.start + host.now);
						const via = happening.what === "emergency" ? "emergency" : "console";
						const envelope = { via, retained: false, toMany: false } as const;
						const reply = inputs.takeOrder(text, envelope, host.now);
						if (reply.status === "accepted") taken.add(happening);
					}),
				);
				break;
			case "restart":
				at(happening.at, () => restart(happening.cause));
				break;
			case "storeFails":
				at(happening.at, () => {
					host.storeFails = true;
				});
				at(happening.at + happening.length, () => {
					host.storeFails = false;
				});
		}
	if (night.photocell)
		for (let minute = 0; minute < HOURS * 60; minute += 1)
			if (Math.abs(elevation(night.start + minute * MINUTE)) < DUSK_DEGREES)
				at(minute * MINUTE, look);
	for (let hour = 1; hour <= HOURS; hour += 1) at(hour * 60 * MINUTE, sample);

	boot();
	agenda.sort(([a], [b]) => a - b);
	for (const [instant, act] of agenda) {
		while (host.alarmAt <= instant) guarded(() => host.run(instant));
		host.now = instant;
		act();
	}
	return { duties: throughRelay(host), samples, taken, faults };
}

/** What shines: of the duties those for which the driver has power. */
function throughRelay({ duties, contacts }: FakeHost): [number, number][] {
	if (contacts.every(([, closed]) => closed)) return duties;
	const shining: [number, number][] = [];
	let [next, duty, closed] = [0, 0, true];
	const turn = (until: number) => {
		while (next < contacts.length && contacts[next]![0] <= until) {
			const [at, isClosed] = contacts[next]!;
			if (isClosed !== closed && duty > 0) shining.push([at, isClosed ? duty : 0]);
			closed = isClosed;
			next += 1;
		}
	};
	for (const [at, written] of duties) {
		turn(at);
		duty = written;
		if (closed || (shining.at(-1)?.[1] ?? 0) > 0) shining.push([at, closed ? duty : 0]);
	}
	turn(END);
	return shining;
}

let orders = 0;

function orderText(
	happening: Happening & { what: "order" | "clear" | "emergency" | "deed" },
	utc: number,
): string {
	orders += 1;
	const id = `p${orders}`;
	if (happening.what === "deed") return JSON.stringify({ id, ...happening.fields });
	if (happening.what === "clear") return JSON.stringify({ id, command: "clearOverride" });
	if (happening.what === "emergency")
		return JSON.stringify({ id, command: "emergency", issued: new Date(utc).toISOString() });
	const { level, belowFloor, inhibitSensors, duration, ramp } = happening.order;
	return JSON.stringify({
		id,
		command: "override",
		level,
		belowFloor,
		inhibitSensors,
		duration: duration / 1000,
		...(ramp === undefined ? {} : { rampToLevelTime: ramp }),
	});
}
