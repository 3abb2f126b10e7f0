/**
 * Panel: a lamp in Moddable's mcsim, with PIR and daylight operated by the viewer.
 *
 * The drawing is luminode.js; both exchange JSON. There is no network, so random bytes need not be
 * secret.
 */

import Control from "control";
import { carriedDimmer } from "host/carried";
import { desktopHost, type Own } from "host/desktop";
import { Turn } from "host/turn";
import { PHOTOCELL, PRESENCE, REASON } from "luminode/indication";
import { Node } from "luminode/node";
import type { Lux } from "luminode/units";

const FULL = 4095; // of the duty
/** Shorter than on a street, so that the rise and the return can be watched. */
const SETTINGS: readonly (readonly [section: string, values: object])[] = Object.freeze([
	[
		"light",
		{
			floorLevel: 20,
			presenceLevel: 90,
			lingerLevel: 50,
			settleTime: 5,
			hold: 8,
			linger: 8,
		},
	],
	["sensing", { onDelay: 1, offDelay: 1 }],
	["calendar", { program: "12:00 40" }], // the same at every hour of the day
] as const);

/** A message of the panel: presence and illuminance. */
interface PanelState {
	readonly presence?: boolean;
	readonly lux?: number;
}

class Panel extends Control {
	private readonly turn: Turn;

	constructor(turn: Turn) {
		super();
		this.turn = turn;
	}

	override onJSON({ presence, lux }: PanelState): void {
		if (lux !== undefined)
			this.turn.post("illuminance", (lamp, now) => lamp.onIlluminance(now, lux as Lux));
		if (presence === undefined) return;
		if (presence) this.turn.post("movement", (lamp, now) => lamp.onMovement(now));
		else this.turn.post("movement", (lamp, now) => lamp.onStillness(now));
	}
}

export default function (): void {
	const turn = new Turn({
		lightUp: () => panel.postJSON({ duty: 1 }),
		restart: () => panel.postJSON({ restart: "crash" }),
	});
	const panel = new Panel(turn);
	const stored = new Map<string, string>();
	for (const [section, values] of SETTINGS) stored.set(`set.${section}`, JSON.stringify(values));
	const platform: Own = {
		serial: "panel-00001",
		hardware: "mcsim/1",
		monotonic: () => turn.clock.now(),
		date: () => Date.now(),
		alarm: (at) => turn.alarm(at),
		restart: (reason) => panel.postJSON({ restart: reason }),
		relay: { write: (closed) => panel.postJSON({ relay: closed }) },
		dimmer: carriedDimmer(turn.clock, (duty) => panel.postJSON({ duty: duty / FULL })),
		indicator: {
			show: (presence, photocell, reason, level) =>
				panel.postJSON({
					presence: PRESENCE[presence],
					photocell: PHOTOCELL[photocell],
					reason: REASON[reason],
					level,
				}),
		},
		random: (into) => void into.fill(Math.random() * 256),
		freeBytes: () => Infinity,
	};
	turn.begin(new Node(desktopHost(platform, stored)));
}
