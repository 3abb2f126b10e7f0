/**
 * Desk: answers the page of one run: reads, acts and streams (channel.ts), by whatever they come.
 *
 * An exception in a request ends that request with status 500 and nothing else.
 */

import type { ComparedOption } from "../../../lib/lightingoptions/options.js";
import { OURS, TODAY } from "../../../lib/lightingoptions/options.js";
import { Zone } from "../../../lib/zone.js";
import type { StreetImage } from "../../images/catalogue.js";
import { payloadOf } from "../../images/offers.js";
import { type Fields, isFields } from "../../util/fields.js";
import type { UserKind } from "../../world/timetable.js";
import type { Acts, DocumentPath, Reads, Streams } from "../channel.js";
import type { OfferedImage } from "../messages.js";
import { type Answer, DONE, type Follower, json, packed, status, text } from "./answers.js";
import { Asks } from "./asks.js";
import { Decisions } from "./decisions.js";
import type { DeskOptions } from "./deskoptions.js";
import { Feed } from "./feed.js";
import { fieldPageOf } from "./fieldpage.js";
import { historyOf } from "./historypage.js";
import { instantOf } from "./instants.js";
import { SettingsDesk } from "./settingsdesk.js";

/** Largest speed that the page may set, besides unlimited. */
const SPEED_MAX = 100_000;
/** Longest jump, ms: two nights. */
const JUMP_MOST = 48 * 3_600_000;
/** A street that is fuller would only be slow. */
const CROWD_MOST = 60;
/** A page that reads too slowly is dropped beyond this, bytes; it joins again by itself. */
const BACKLOG_MAX = 1 << 20;
const KINDS: readonly UserKind[] = ["pedestrian", "bicycle", "car"];
const COMPARED_OPTIONS: readonly ComparedOption[] = ["street", ...TODAY, ...OURS];
/** Beyond the first and the last lamp, m, a street still is. */
const MARGIN_M = 20;

/** Largest price of a kWh that a report takes, €. */
const PRICE_MOST = 100;

/** A price of a kWh, €; undefined: none, or none that could be. */
function priceIn(price: unknown): number | undefined {
	return typeof price === "number" && price >= 0 && price <= PRICE_MOST ? price : undefined;
}

/** Reads a value, or changes the run; `lamp`: the field of that name, if there is such a lamp. */
type Act = (
	fields: Fields,
	lamp: number | undefined,
	signal: AbortSignal,
) => Answer | Promise<Answer>;

export class Desk {
	readonly #options: DeskOptions;
	readonly #feed: Feed;
	readonly #settings: SettingsDesk;
	readonly #asks: Asks;
	readonly #reads: Readonly<Record<keyof Reads | DocumentPath, Act>>;
	readonly #acts: Readonly<Record<keyof Acts, Act>>;
	readonly #decisions: Decisions;
	#offers = 0;
	#isComparing = false;
	/** Pages that follow a serial line. */
	readonly #followers = new Set<Follower>();

	constructor(options: DeskOptions) {
		this.#options = options;
		const { view, network, images, happenings, forms } = options;
		const settings = new SettingsDesk(view.settings(), (lamp, section, payload) =>
			view.publish(network.topicOf(lamp, `settings/desired/${section}`), payload, true),
		);
		const feed = new Feed({ view, network, happenings, settings, welcome: welcomeOf(options) });
		images?.server.onServed((lamp, path, bytes, of) =>
			feed.onServed(lamp, path.slice(1), bytes, of),
		);
		const asks = new Asks(view, network, feed, settings, forms);
		this.#feed = feed;
		this.#settings = settings;
		this.#asks = asks;
		this.#decisions = new Decisions(options.decide);
		this.#reads = this.#readsOf();
		this.#acts = this.#actsOf();
	}

	/** Answers a request that changes nothing. `signal`: aborted, nobody waits for it any more. */
	read(path: string, fields: Fields, signal: AbortSignal): Promise<Answer> {
		return this.#answer(this.#reads, path, fields, signal, 404);
	}

	/** Likewise one that changes the run or asks a lamp. */
	act(path: string, fields: Fields, signal: AbortSignal): Promise<Answer> {
		return this.#answer(this.#acts, path, fields, signal, 400);
	}

	/** A page follows a stream. @returns it leaves; undefined: there is no such stream */
	follow(path: string, fields: Fields, page: Follower): (() => void) | undefined {
		if (path === ("/events" satisfies keyof Streams)) return this.#feed.add(page);
		const lamp = this.#lamp(fields.lamp);
		if (path !== ("/serial" satisfies keyof Streams) || lamp === undefined) return undefined;
		const decoder = new TextDecoder();
		const unplug = this.#options.network.serial.attend(lamp, (bytes) => {
			const written = decoder.decode(bytes, { stream: true });
			if (page.backlog > BACKLOG_MAX) page.drop();
			else if (written) page.send("message", JSON.stringify(written));
		});
		this.#followers.add(page);
		return () => {
			unplug();
			this.#followers.delete(page);
		};
	}

	/** The run is over; `why`: the error, if it failed; `next`: another one follows. */
	close(why?: string, next = false): void {
		this.#feed.close(why, next);
		for (const page of this.#followers) page.end();
		this.#options.onClose?.();
	}

	async #answer(
		table: Readonly<Record<string, Act>>,
		path: string,
		fields: Fields,
		signal: AbortSignal,
		otherwise: number,
	): Promise<Answer> {
		if (!Object.hasOwn(table, path)) return status(otherwise);
		try {
			return await table[path]!(fields, this.#lamp(fields.lamp), signal);
		} catch {
			return status(500);
		}
	}

	#readsOf(): Readonly<Record<keyof Reads | DocumentPath, Act>> {
		const { view, history, field, recorded, years, town, report } = this.#options;
		const ofTown = (body: Uint8Array | undefined) => (body ? packed(body) : status(404));
		return {
			"/history": (fields) => {
				const slice = historyOf(history, view.epochUtc, fields);
				return slice ? json(slice) : status(400);
			},
			"/field": (_fields, lamp) =>
				lamp === undefined
					? status(404)
					: json(fieldPageOf(field, view.epochUtc, view.now(), lamp)),
			"/settings": (_fields, lamp) =>
				lamp === undefined ? status(404) : json(this.#settings.page(lamp)),
			"/recorded": () => (recorded ? json(recorded()) : status(404)),
			"/ways": () => orWhy(years()),
			"/town": () => ofTown(town?.town),
			"/town/progress": () => (town ? json(town.progress) : status(404)),
			"/town/night": ({ option }) => ofTown(town?.night(String(option))),
			"/report": ({ lang, price }) =>
				text("html", report(lang === "fr" ? "fr" : "en", priceIn(price))),
			"/decision": (fields) => this.#decisions.answer(fields, this.#isComparing),
		};
	}

	#actsOf(): Readonly<Record<keyof Acts, Act>> {
		const { view, town } = this.#options;
		const asks = this.#asks;
		const ofLamp =
			(act: (fields: Fields, lamp: number, signal: AbortSignal) => Answer | Promise<Answer>): Act =>
			(fields, lamp, signal) =>
				lamp === undefined ? status(400) : act(fields, lamp, signal);
		const ofTown = (body: object | undefined) => (body ? json(body) : status(400));
		return {
			"/speed": ({ speed }) => status(this.#setSpeed(speed)),
			"/jump": (fields) => status(this.#jump(fields)),
			"/explain": ofLamp(({ at }, lamp, signal) => {
				if (at !== undefined && typeof at !== "string") return status(400);
				return asks.ask(lamp, { command: "explain", at }, signal);
			}),
			"/preview": ofLamp(({ page }, lamp, signal) =>
				asks.ask(lamp, { command: "preview", page }, signal),
			),
			"/order": ofLamp((fields, lamp, signal) => asks.order(lamp, fields, signal)),
			"/offer": (fields, lamp) => this.#offer(lamp, fields),
			"/serial": ofLamp(({ text: line }, lamp) => {
				if (typeof line !== "string") return status(400);
				view.type(lamp, line);
				return status(DONE);
			}),
			"/fault": (fields) => status(this.#beginFault(fields)),
			"/fault/end": ({ id }) => status(typeof id === "number" && view.endFault(id) ? DONE : 404),
			"/person": (fields) => status(this.#put(fields)),
			"/crowd": ({ count }) => status(this.#crowd(count)),
			"/scenario": ({ name }) => this.#scenario(name),
			"/settings": ofLamp(({ values }, lamp) =>
				isFields(values) ? json(this.#settings.send(lamp, values)) : status(400),
			),
			"/forecast": ofLamp(({ program }, lamp) => this.#forecast(lamp, program)),
			"/compare": ({ option }) => this.#compare(option),
			"/town/street": ({ street }) =>
				ofTown(typeof street === "number" && town?.start(street) ? { url: "/" } : undefined),
			"/town/read": (fields) => ofTown(town?.read(fields)),
			"/town/start": (fields) => ofTown(town?.open(fields)),
		};
	}

	/** `null`: unlimited. */
	#setSpeed(speed: unknown): number {
		const { view } = this.#options;
		if (speed === null && view.maxSpeedAllowed) view.setSpeed(Infinity);
		else if (typeof speed === "number" && speed >= 0 && speed <= SPEED_MAX) view.setSpeed(speed);
		else return 400;
		return DONE;
	}

	/** By so many ms, or to a named instant. */
	#jump({ ms, where }: Fields): number {
		const { view } = this.#options;
		if (!view.maxSpeedAllowed) return 400; // an external broker cannot keep up
		const now = view.now();
		if (typeof ms === "number" && ms > 0 && ms <= JUMP_MOST) view.jumpTo(now + ms);
		else {
			const zone = Zone.of(view.zone);
			const utc = zone && instantOf(where, view.epochUtc + now, zone);
			if (utc === undefined) return 400;
			view.jumpTo(utc - view.epochUtc);
		}
		return DONE;
	}

	#beginFault({ name, lamp }: Fields): number {
		const { view, faults } = this.#options;
		const form = faults.find((fault) => fault.name === name);
		const at = this.#lamp(lamp);
		if (!form || (lamp !== undefined && at === undefined)) return 400;
		if (form.scope === "street" && at !== undefined) return 400;
		view.beginFault(form.name, at);
		return DONE;
	}

	#put({ kind, x_m, direction }: Fields): number {
		const { view, happenings } = this.#options;
		const known = KINDS.find((userKind) => userKind === kind);
		const length = (view.lamps - 1) * view.spacing_m;
		const isPlace = typeof x_m === "number" && x_m >= -MARGIN_M && x_m <= length + MARGIN_M;
		if (!known || !isPlace || (direction !== 1 && direction !== -1)) return 400;
		view.putUser(known, x_m, direction);
		happenings.onPut(view.now(), known);
		return DONE;
	}

	/** Pedestrians all along the street, half of them either way. */
	#crowd(count: unknown): number {
		const { view, happenings } = this.#options;
		if (typeof count !== "number" || !(count >= 1 && count <= CROWD_MOST)) return 400;
		const length = (view.lamps - 1) * view.spacing_m;
		for (let n = 0; n < count; n++)
			view.putUser("pedestrian", (length * (n + 0.5)) / count, n % 2 === 0 ? 1 : -1);
		happenings.onPut(view.now(), "crowd");
		return DONE;
	}

	#scenario(name: unknown): Answer {
		const { scenarios, startScenario } = this.#options;
		const isKnown = name === "" || scenarios.some((scenario) => scenario.name === name);
		if (isKnown) startScenario(name as string);
		return status(isKnown ? DONE : 404);
	}

	#forecast(lamp: number, program: unknown): Answer {
		const { view } = this.#options;
		if (typeof program !== "string") return status(400);
		const night = this.#settings.forecast(lamp, program, view.epochUtc + view.now());
		return json(typeof night === "string" ? { why: night } : { night });
	}

	/** One at a time: each takes a core for a while. */
	async #compare(name: unknown): Promise<Answer> {
		const option = COMPARED_OPTIONS.find((comparedOption) => comparedOption === name);
		if (!option) return status(400);
		if (this.#isComparing || this.#decisions.isMaking) return status(409);
		this.#isComparing = true;
		try {
			return await orWhy(this.#options.compare(option));
		} finally {
			this.#isComparing = false;
		}
	}

	/**
	 * Offers an image to a lamp or, without one, to all; or stops the offer. Answers with what was
	 * sent.
	 */
	#offer(lamp: number | undefined, fields: Fields): Answer {
		const { network, view, images } = this.#options;
		const utc = view.epochUtc + view.now();
		const payload = payloadOf(`page-u${++this.#offers}`, fields, images?.list ?? [], utc);
		if (payload === undefined) return status(400);
		const [first, last] = lamp === undefined ? [1, view.lamps] : [lamp, lamp];
		for (let to = first; to <= last; to++)
			view.publish(network.topicOf(to, "update"), payload, true);
		return json({ topic: network.topicOf(first, "update"), lamps: last - first + 1, payload });
	}

	#lamp(value: unknown): number | undefined {
		const isLamp =
			typeof value === "number" &&
			Number.isInteger(value) &&
			value >= 1 &&
			value <= this.#options.view.lamps;
		return isLamp ? value : undefined;
	}
}

/** A value that is being made, or why it cannot be. */
const orWhy = (made: Promise<unknown>): Promise<Answer> =>
	made.then(json, (error: Error) => json({ why: error.message.split("\n")[0] }));

/** What a page is told first, besides what its feed knows. */
function welcomeOf(options: DeskOptions) {
	const { view, images, scenarios, faults, oldPower_W, ledPower_W, forms } = options;
	const { lamps, spacing_m, seed, epochUtc, zone, maxSpeedAllowed, command, name, scenario } = view;
	return {
		lamps,
		spacing_m,
		seed,
		epochUtc,
		zone,
		maxSpeedAllowed,
		command,
		name,
		scenario,
		isRecorded: options.recorded !== undefined,
		scenarios,
		faults,
		oldPower_W,
		ledPower_W,
		hasTown: options.town !== undefined,
		isTownFirst: options.town?.isFirst === true,
		...(options.about ? { about: options.about } : {}),
		orders: forms,
		images: (images?.list ?? []).map(offeredOf),
	};
}

const offeredOf = ({ name, version, counter, hardware, bytes }: StreetImage): OfferedImage => ({
	name,
	version,
	counter,
	hardware,
	bytes: bytes.length,
});
