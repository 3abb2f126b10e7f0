/**
 * World: one lamp and what is around it, on a host in plain memory; what shines is written down.
 *
 * It is independent of the firmware: the sun is an ephemeris', the sky a line through the lux measured at
 * dusk. What shines is the duty while the mains are there and the contact is closed.
 */
import type { Host, Inputs, PowerCause } from "../../src/host.js";
import type { Lux, UtcMillis } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { FakeHost } from "../support/fakehost.js";
import { FakeFlash } from "../support/flash.js";
import { imageOf, Signer } from "../support/images.js";
import { attach } from "../support/lamp.js";
import { KEPT, KEPT_AS, keysFor } from "../support/technician.js";
import { END, type Night } from "./night.js";
import { settingsOf } from "./nightsettings.js";
import { elevation, skyLux } from "./sky.js";

/** What a night needs of the firmware: a mutated one answers the same. */
export interface Firmware {
	new (
		host: Host,
	): Inputs & {
		readonly view: View;
		readonly updater: { onOffer(text: string, now: number): void };
		takeOrder(
			text: string,
			envelope: { via: "console" | "emergency"; retained: boolean; toMany: boolean },
			now: number,
		): { status: string };
	};
}
export type Lamp = InstanceType<Firmware>;

/** Counters as the CMS would see them. */
export interface Sample {
	readonly at: number;
	readonly life: number;
	readonly counters: readonly number[];
}

export type Shone = readonly (readonly [at: number, duty: number])[];

/** The dead band of the light sensor. */
const LUX_SHARE = 0.1;
const LUX_LEAST = 0.5;
const SECTORS = 16;
const IMAGE_BYTES = 6000;
export const IMAGE = imageOf(IMAGE_BYTES);
let signer: Signer | undefined;
let header = "";

/** What an update is offered with; made when the first night asks, because a signature takes long. */
export function signed(): { readonly header: string; readonly key: string } {
	signer ??= new Signer();
	header ||= signer.header(IMAGE);
	return { header, key: signer.text };
}

/** In so many steps each segment of a fade is written down. */
const PARTS = 8;

export class World {
	readonly host = new FakeHost();
	readonly night: Night;
	/** What shines, at each change; and what was written to the dimmer. */
	readonly light: (readonly [at: number, duty: number])[] = [];
	readonly boots: { readonly at: number; readonly cause: PowerCause }[] = [];
	readonly samples: Sample[] = [];
	readonly faults: unknown[] = [];
	lamp!: Lamp;
	isFed = true;
	/** How many trip the PIR. */
	active = 0;
	celsius: number | undefined;
	flashes: number[] = [];
	/** What the light sensor says instead of the light, newest last. */
	readonly nonsense: { readonly lux: number | undefined }[] = [];
	private readonly Node: Firmware;
	private readonly agenda: { readonly at: number; readonly act: () => void }[] = [];
	private life = 0;
	private lux = -1; // as last reported
	private duty = 0; // as last written in this life
	private isClosed = true;
	private clockSet: { readonly wall: number; readonly at: number } | undefined;
	private restarts = 0; // that were carried out

	constructor(night: Night, Node: Firmware) {
		this.night = night;
		this.Node = Node;
		const { host } = this;
		host.configure(settingsOf(night));
		host.stored.set(KEPT_AS, KEPT);
		if (night.happenings.some(({ what }) => what === "storeFails"))
			host.flashLog = new FakeFlash(SECTORS);
		if (night.happenings.some(({ what }) => what === "update"))
			host.stored.set("update.key", signed().key);
		host.parts = PARTS;
		host.onDuty = (at, duty) => {
			this.duty = duty;
			this.shine(at);
		};
		if (night.relay) {
			host.fitRelay();
			const contact = host.relay as Exclude<Host["relay"], string>;
			host.relay = {
				write: (closed) => {
					contact.write(closed);
					this.isClosed = closed;
					this.shine();
				},
			};
		}
		host.setWallClock = (utc) => {
			this.clockSet = { wall: utc, at: host.now };
		};
	}

	get utc(): number {
		return this.night.start + this.host.now;
	}

	/** At `instant`, or at the end of the night. */
	at(instant: number, act: () => void): void {
		const at = Math.min(END, instant);
		let index = this.agenda.length;
		while (index > 0 && this.agenda[index - 1]!.at > at) index -= 1;
		this.agenda.splice(index, 0, { at, act });
	}

	run(): void {
		this.boot("powerOn");
		for (let next = this.agenda.shift(); next; next = this.agenda.shift()) {
			const { host } = this;
			while (host.alarmAt <= next.at) {
				const due = Math.max(host.now, host.alarmAt);
				this.guarded(() => host.run(due));
				if (this.agenda[0] && this.agenda[0].at < next.at) {
					this.at(next.at, next.act); // what came of it is earlier
					next = this.agenda.shift()!;
				}
			}
			host.now = next.at;
			next.act();
		}
	}

	/** Inputs of one turn, if there is power. */
	deliver(what: (lamp: Lamp) => void): void {
		if (!this.isFed) return;
		this.guarded(() => {
			what(this.lamp);
			this.lamp.tick(this.host.now);
		});
	}

	/** A technician types a line. */
	type(line: string): void {
		if (!this.isFed) return;
		const bytes = Buffer.from(keysFor(line));
		this.host.serialIn.push(...bytes);
		this.deliver((lamp) => lamp.onSerialReadable(this.host.now, bytes.length));
	}

	/** What the light sensor sees now, reported if it is news. */
	look(): void {
		if (!this.night.photocell || !this.isFed) return;
		const sky = this.night.sky * skyLux(elevation(this.utc));
		const false_ = this.nonsense.at(-1);
		const seen = false_ ? false_.lux : sky + Math.max(0, ...this.flashes);
		if (seen === undefined) return;
		const band = Math.max(LUX_LEAST, LUX_SHARE * this.lux);
		if (this.lux >= 0 && Math.abs(seen - this.lux) < band) return;
		this.lux = seen;
		this.deliver((lamp) => lamp.onIlluminance(this.host.now, seen as Lux));
	}

	sample(): void {
		if (!this.isFed) return;
		const { meter, traffic } = this.lamp.view;
		const { activeEnergy_kWh, operatingHours, switchOnCounter } = meter;
		const users = traffic.accumulatedRoadUserNumber;
		const counters = [activeEnergy_kWh, operatingHours, switchOnCounter, users];
		this.samples.push({ at: this.host.now, life: this.life, counters });
	}

	cut(): void {
		if (!this.isFed) return;
		this.sample();
		this.isFed = false;
		this.host.alarmAt = Infinity;
		this.shine();
	}

	/** The controller starts over, unless there is no power. */
	restart(cause: PowerCause): void {
		if (!this.isFed) return;
		this.sample();
		this.boot(cause);
	}

	feed(): void {
		if (this.isFed) return;
		this.isFed = true;
		this.boot("powerOn");
	}

	private boot(cause: PowerCause): void {
		const { host, clockSet } = this;
		if (this.life > 0) this.boots.push({ at: host.now, cause });
		this.life += 1;
		host.powerCause = cause;
		if (cause === "powerOn") host.kept = host.keptRefusals = undefined;
		if (cause === "powerOn") this.clockSet = undefined;
		const runsOn = cause !== "powerOn" && clockSet !== undefined;
		host.wall = runsOn ? ((clockSet.wall + host.now - clockSet.at) as UtcMillis) : undefined;
		host.imageState = cause === "update" ? "probation" : "kept";
		host.alarmAt = Infinity;
		host.boundPort = undefined;
		for (const left of [host.datagramsIn, host.serialIn, host.incoming]) left.length = 0;
		this.duty = 0; // the pin is low, and the contact needs power to open
		host.carrier.write(0, host.now);
		this.isClosed = true;
		this.lux = -1;
		this.shine();
		this.lamp = attach(host, this.Node);
		this.deliver((lamp) => {
			if (this.active > 0) lamp.onMovement(host.now);
			if (this.celsius !== undefined) lamp.onTemperature(host.now, this.celsius);
		});
		this.look();
	}

	private guarded(what: () => void): void {
		const { host } = this;
		try {
			what();
		} catch (error) {
			this.faults.push(error);
			this.lamp.onFault(host.now, error);
		}
		if (host.restarts.length === this.restarts) return;
		this.restarts = host.restarts.length;
		const isUpdate = host.restarts.at(-1) === "update" && host.isActivated;
		host.isActivated = false;
		this.restart(isUpdate ? "update" : "restart");
	}

	private shine(at = this.host.now): void {
		this.light.push([at, this.isFed && this.isClosed ? this.duty : 0]);
	}
}
