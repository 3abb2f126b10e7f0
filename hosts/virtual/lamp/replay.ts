/**
 * Replay: one lamp inside an XS machine that receives the inputs of a recording (sim/replay).
 *
 * The street keeps the facts of the boot in the store under `replay`, and sends what no sensor
 * measures as datagrams. The network stays down: requests for light that come of it are part of the
 * recording, so the firmware's own ones are left out. Each decided level is logged.
 */
import type { ActingOrder } from "../../../src/command/orders.js";
import type { Host } from "../../../src/host.js";
import type { LightSource } from "../../../src/node/light/lightpath.js";
import { settingsDoors } from "../../../src/node/settings/manager.js";
import { VALIDATORS } from "../../../src/node/settings/validators.js";
import { Node } from "../../../src/node.js";
import { loadBank } from "../../../src/settings/store.js";
import type { Lux, Percent, UtcMillis } from "../../../src/units.js";
import { INPUT } from "../protocol.js";
import { host } from "./main.js";

const KEY = "replay";
const PORT = 1;
const TEXT_BYTES = 1472;
/** An order at the pole needs no clock, and its end is a duration, as it was recorded. */
const ENVELOPE = Object.freeze({ via: "console", retained: false, toMany: false } as const);
/** A request without a duration lasts until it is ended. */
const ENDLESS = 0xfffffff;

/** Facts of a boot: serial number, cause, retained level, date. */
type Boot = readonly [string, Host["powerCause"], number | null, number | null];

/** Boots the lamp and returns the function that the machine calls for every input and alarm. */
export default function (): (
	kind: number,
	now: number,
	value: number,
	_channel: number,
	more: boolean,
) => void {
	const [serial, powerCause, level, wall] = JSON.parse(native.storeRead(KEY) ?? "[]") as Boot;
	if (level !== null) native.retainLevel(level);
	native.datagramBind(PORT);
	const doors: Host = Object.create(host, {
		serial: { value: serial },
		powerCause: { value: powerCause },
		wallClock: { value: () => (wall === null ? undefined : wall) },
		datagrams: { value: CLOSED },
	});
	const lamp = new Node(doors);
	const request = lamp.askForLight;
	Object.defineProperty(lamp, "askForLight", {
		value: (source: LightSource, until: number) => {
			// neighbours, whose datagrams do not come, contradict a PIR: then its doubts are recorded, too
			if (source === "doubt" && lamp.settings.neighbourGroup === 0)
				request.call(lamp, source, until);
		},
	});
	const bytes = new Uint8Array(TEXT_BYTES);
	const take = (now: number): void => {
		const count = native.datagramRead(bytes);
		const text = native.utf8Decode(bytes, 0, count) ?? "";
		const args = text.slice(2).split(" ");
		lamp.now = now;
		switch (text.charAt(0)) {
			case "a": {
				const span = Number(args[1]);
				const until = span === 0 ? 0 : span === ENDLESS ? Infinity : now + span;
				request.call(lamp, args[0] as LightSource, until);
				break;
			}
			case "o":
				lamp.requestDecision();
				lamp.orders.obey(orderOf(args, lamp.utcAt(now)), ENVELOPE, now);
				lamp.orders.stored.accepted(`replay.${now}`, lamp.orders.standing, now); // plans its end
				break;
			case "t":
				lamp.takeDate(Number(args[0]) as UtcMillis, true, now);
				break;
			case "c": {
				const [utc, error] = args.map(Number) as [UtcMillis, number];
				if (!lamp.time.onAuthenticatedTime(utc, error, now)) lamp.dateCame(utc, now, error);
				break;
			}
			case "r":
				lamp.orders.beforeRestart(now);
				break;
			case "s":
				lamp.configure(loadBank(undefined, settingsDoors(lamp), VALIDATORS).settings, now);
				break;
		}
	};
	let seen = 0;
	const print = (): void => {
		const { decisions } = lamp.view.light;
		for (; seen < decisions.count; seen += 1) {
			const { since, level: decided, by, source } = decisions.read(seen);
			native.log(JSON.stringify([since, decided, source ?? by]));
		}
	};
	const deliver = (kind: number, now: number, value: number, _channel: number, more: boolean) => {
		try {
			if (kind === INPUT.movement) lamp.onMovement(now);
			else if (kind === INPUT.stillness) lamp.onStillness(now);
			else if (kind === INPUT.illuminance) lamp.onIlluminance(now, value as Lux);
			else if (kind === INPUT.temperature) lamp.onTemperature(now, value);
			else if (kind === INPUT.time) lamp.onTime(now, value as UtcMillis);
			else if (kind === INPUT.datagram) take(now);
			if (!more) lamp.tick(now);
		} catch (error) {
			lamp.onFault(now, error);
		}
		print();
	};
	deliver(INPUT.tick, native.monotonic(), 0, 0, false);
	return deliver;
}

/** An accepted order: its kind, level, ramp (ms; below 0: none), flags, duration and volume. */
function orderOf([kind, ...numbers]: readonly string[], utc: UtcMillis | undefined): ActingOrder {
	const [level, ramp, flags, duration, volume] = numbers.map(Number) as [
		number,
		number,
		number,
		number,
		number,
	];
	return {
		kind: kind as "override",
		id: "",
		level: level as Percent,
		rampToLevelTime: ramp < 0 ? undefined : ramp,
		belowFloor: (flags & 1) !== 0,
		inhibitSensors: (flags & 2) !== 0,
		extent: flags & 4 ? "maximum" : undefined,
		until: utc === undefined ? undefined : utc + duration,
		duration,
		volume,
	} as ActingOrder;
}

const CLOSED: Host["datagrams"] = Object.freeze({
	bind: () => "notAvailable" as const,
	send: () => "notAvailable" as const,
	read: () => 0,
	close: () => {},
});
