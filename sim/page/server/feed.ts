/**
 * Feed: turns the street into updates for the open pages (channel.ts).
 *
 * Nothing is computed while no page is open. Light and people are the world's; levels, causes and
 * events are what the lamps reported.
 */
import type { Happenings } from "../../results/happenings.js";
import type { StreetNetwork } from "../../run/streetnetwork.js";
import { type Fields, fieldsIn, text } from "../../util/fields.js";
import { clearSky } from "../../world/sky.js";
import type { Ended, LampReply, LampReport, StreetView, Update, Welcome } from "../messages.js";
import type { Follower } from "./answers.js";
import { readReply, readReport } from "./reports.js";
import type { SettingsDesk } from "./settingsdesk.js";

/** Milliseconds of wall clock between two updates: ten a second look smooth with easing. */
const INTERVAL = 100;
/** Road users sent at a time; more cannot be distinguished on a screen. */
const USERS_MAX = 400;
/**
 * A page that reads too slowly is disconnected beyond this, bytes, besides the street as a whole that
 * it is sent first: of 5,000 lamps that is several megabytes.
 */
const BACKLOG_MAX = 1 << 20;
/** The speed that is reached is measured over this, seconds of wall clock. */
const PACE_OVER = 1.5;
/** Below this elevation the daylight shows no clouds any more, degrees. */
const CLOUDLESS = -5;
/** Share of a clear sky that an overcast keeps away. */
const OVERCAST = 0.78;
/** Conditions that are orders and no alarms. */
const ORDERED = ["override", "emergency", "belowFloor", "maintenanceMode"];

type OnReply = (reply: LampReply, lamp: number, payload: Uint8Array) => void;

export interface FeedParts {
	readonly view: StreetView;
	readonly network: StreetNetwork;
	readonly happenings: Happenings;
	readonly settings: SettingsDesk;
	/** First message to a page, besides the parts that the feed has itself. */
	readonly welcome: Omit<Welcome, "broker" | "consolePort">;
}

export class Feed {
	readonly #parts: FeedParts;
	/** Open pages, and the bytes that may wait for each. */
	readonly #pages = new Map<Follower, number>();
	/** By lamp number; 0 is unused. */
	readonly #reported: LampReport[];
	readonly #changed = new Set<number>();
	readonly #light: Int16Array;
	readonly #replies = new Map<string, OnReply>();
	readonly #unsubscribe: readonly (() => void)[];
	readonly #marks: { wall: number; at: number }[] = [];
	#energy = 0;
	#saved = 0;
	#online = 0;
	#offline = 0;
	#alarms = 0;
	#reporting = 0;
	#cover = 0;
	#rare = "";
	#timer: ReturnType<typeof setInterval> | undefined;

	constructor(parts: FeedParts) {
		this.#parts = parts;
		const { view, network } = parts;
		this.#reported = Array.from({ length: view.lamps + 1 }, () => ({}));
		this.#light = new Int16Array(view.lamps + 1);
		this.#unsubscribe = [
			network.onReport((at, topic, payload) =>
				this.#bounded(() => this.#onReport(at, topic, payload)),
			),
			network.onWill((at, topic, payload) =>
				this.#bounded(() => this.#onReport(at, topic, payload, true)),
			),
		];
	}

	/** A page opened: it receives the whole street, then changes. @returns it closed */
	add(page: Follower): () => void {
		const { view, network, happenings, welcome } = this.#parts;
		const all = Array.from({ length: view.lamps }, (_, n) => n + 1);
		const greeting: Welcome = {
			...welcome,
			broker: network.brokerUrl ?? null,
			consolePort: network.consolePort ?? null,
		};
		send(page, "welcome", greeting);
		const glow = all.map((lamp): [number, number] => [lamp, this.#lightOf(lamp)]);
		const reports = all.map((lamp): [number, LampReport] => [lamp, this.#reported[lamp]!]);
		send(page, "update", {
			...this.#update(glow, reports),
			...this.#rareParts(),
		});
		send(page, "log", happenings.all);
		if (this.#pages.size === 0) {
			this.#changed.clear(); // nobody else waits for what this page has just been sent
			for (const [lamp, light] of glow) this.#light[lamp] = light;
		}
		this.#pages.set(page, page.backlog + BACKLOG_MAX);
		this.#timer ??= setInterval(() => this.#bounded(() => this.#tick()), INTERVAL);
		return () => this.#remove(page);
	}

	/** Calls back with each reply to the order `id`. @returns ends the wait */
	awaitReply(id: string, onReply: OnReply): () => void {
		this.#replies.set(id, onReply);
		return () => this.#replies.delete(id);
	}

	/** Whether anything of the lamp has reached the broker since the street began. */
	hasReported(lamp: number): boolean {
		return this.#reported[lamp]?.at !== undefined;
	}

	/** The image server has handed `bytes` of the image `name` to a lamp so far. */
	onServed(lamp: number, name: string, bytes: number, of: number): void {
		const { view } = this.#parts;
		const utc = view.epochUtc + view.now();
		this.#reported[lamp]!.served = { name, bytes, of, utc };
		this.#changed.add(lamp);
	}

	/** What changes rarely: groups and protected lamps, as the lamps reported them, faults and inputs. */
	#rareParts(): Pick<Update, "faults" | "groups" | "protectedLamps" | "inputs"> {
		const { settings, view } = this.#parts;
		const { groups, protectedLamps } = settings;
		return { faults: view.faults(), groups, protectedLamps, inputs: view.inputs() };
	}

	/** The run is over; `why`: the error, if it failed; `next`: another one follows. */
	close(why?: string, next = false): void {
		for (const end of this.#unsubscribe) end();
		clearInterval(this.#timer);
		const ended: Ended = { why: why ?? null, next };
		for (const page of this.#pages.keys()) {
			send(page, "ended", ended);
			page.end();
		}
	}

	/**
	 * An exception disconnects the pages, which reconnect and receive everything anew; the run
	 * continues.
	 */
	#bounded(act: () => void): void {
		try {
			act();
		} catch {
			for (const page of this.#pages.keys()) page.drop();
		}
	}

	#remove(page: Follower): void {
		this.#pages.delete(page);
		if (this.#pages.size > 0) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	#tick(): void {
		const { view, happenings, settings } = this.#parts;
		const glow: [number, number][] = [];
		for (let lamp = 1; lamp <= view.lamps; lamp++) {
			const light = this.#lightOf(lamp);
			if (light === this.#light[lamp]) continue;
			this.#light[lamp] = light;
			glow.push([lamp, light]);
		}
		const reports = [...this.#changed].map((lamp): [number, LampReport] => [
			lamp,
			this.#reported[lamp]!,
		]);
		this.#changed.clear();
		const rare = `${settings.reports} ${view.acts()} ${JSON.stringify(view.faults())}`;
		const update = this.#update(glow, reports);
		const isNew = rare !== this.#rare;
		this.#rare = rare;
		const more = isNew ? this.#rareParts() : {};
		const message = JSON.stringify({ ...update, ...more });
		const fresh = happenings.take();
		const log = fresh.length > 0 ? JSON.stringify(fresh) : undefined;
		for (const [page, most] of this.#pages) {
			if (page.backlog > most) {
				page.drop(); // it joins again and receives everything anew
				continue;
			}
			page.send("update", message);
			if (log !== undefined) page.send("log", log);
		}
	}

	#update(glow: Update["glow"], reports: Update["reports"]): Update {
		const { view, network } = this.#parts;
		const { sunElevation, illuminance, cloud, fog } = view.sky();
		const users: [number, string, number, number][] = [];
		view.users((id, kind, x, direction) => {
			if (users.length < USERS_MAX) users.push([id, kind[0]!, Math.round(x * 10), direction]);
		});
		const speed = view.speed();
		if (sunElevation > CLOUDLESS)
			this.#cover = share((1 - illuminance / clearSky(sunElevation)) / OVERCAST);
		return {
			utc: Math.floor(view.epochUtc + view.now()),
			speed: Number.isFinite(speed) ? speed : null,
			reached: this.#reachedPace(),
			goal: utcOf(view.goal(), view.epochUtc),
			sun: Math.round(sunElevation * 100) / 100,
			lux: Math.round(illuminance * 10) / 10,
			cover: Math.round(this.#cover * 100) / 100,
			cloud,
			fog,
			dark: view.isDark(),
			glow,
			reports,
			users,
			world: view.figures(),
			totals: {
				energy_kWh: this.#energy,
				saved_kWh: this.#saved,
				published: network.published,
				online: this.#online,
				offline: this.#offline,
				alarms: this.#alarms,
				reporting: this.#reporting,
			},
		};
	}

	/** Virtual seconds per second of wall clock, lately. */
	#reachedPace(): number {
		const { view } = this.#parts;
		const [wall, at] = [view.wall(), view.now()];
		const marks = this.#marks;
		while (marks.length > 1 && marks[1]!.wall < wall - PACE_OVER) marks.shift();
		const [first] = marks;
		marks.push({ wall, at });
		if (!first || wall - first.wall < INTERVAL / 2000) return view.speed();
		return Math.round((at - first.at) / (wall - first.wall) / 100) / 10;
	}

	/** Thousandths of full; -1: no power. */
	#lightOf(lamp: number): number {
		const { view } = this.#parts;
		return view.isPowered(lamp) ? Math.round(view.light(lamp) * 1000) : -1;
	}

	#onReport(at: number, topic: string, payload: Uint8Array, isWill = false): void {
		const { network, view, settings } = this.#parts;
		const lamp = network.lampOf(topic);
		if (lamp === undefined) return;
		const suffix = topic.slice(topic.lastIndexOf("/") + 1);
		if (suffix === "reply") {
			const reply = this.#replies.size > 0 ? readReply(payload) : undefined;
			const waiting = reply && this.#replies.get(reply.id);
			if (waiting) waiting(reply, lamp, payload);
			return;
		}
		if (topic.includes("/settings/reported/")) {
			settings.onReport(lamp, suffix, payload);
			return;
		}
		const report = this.#reported[lamp]!;
		const utc = view.epochUtc + at;
		const { energy_kWh, saved_kWh = 0, online, standing = [] } = report;
		if (suffix === "event") this.#onEvent(lamp, fieldsIn(payload) ?? {});
		const isAlarmed = (report.standing?.length ?? 0) > 0;
		if (isAlarmed !== standing.length > 0) this.#alarms += isAlarmed ? 1 : -1;
		if (!readReport(report, suffix, payload, utc)) return;
		this.#changed.add(lamp);
		report.at = utc;
		if (suffix === "state" || suffix === "birth") report.lightAt = utc;
		this.#energy += (report.energy_kWh ?? 0) - (energy_kWh ?? 0);
		this.#saved += (report.saved_kWh ?? 0) - saved_kWh;
		if (energy_kWh === undefined && report.energy_kWh !== undefined) this.#reporting++;
		if (online === report.online) return;
		this.#online += report.online ? 1 : online ? -1 : 0;
		this.#offline += report.online === false ? 1 : online === false ? -1 : 0;
		if (isWill || report.online === false) report.lostAt = utc;
	}

	/** A condition begins or ends. */
	#onEvent(lamp: number, fields: Fields): void {
		const type = text(fields.type);
		const { startEndFlag, severity } = fields;
		if (type === undefined || ORDERED.includes(type) || severity === "info") return;
		const report = this.#reported[lamp]!;
		const others = (report.standing ?? []).filter((eventType) => eventType !== type);
		if (startEndFlag === "start") report.standing = [...others, type];
		else if (startEndFlag === "end") report.standing = others;
		this.#changed.add(lamp);
	}
}

function share(value: number): number {
	return Math.min(1, Math.max(0, value));
}

/** A virtual instant as UTC; `null` for none. */
function utcOf(at: number | undefined, epochUtc: number): number | null {
	return at === undefined ? null : Math.floor(epochUtc + at);
}

function send(page: Follower, name: string, message: unknown): void {
	page.send(name, JSON.stringify(message));
}
