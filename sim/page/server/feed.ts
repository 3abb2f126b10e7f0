/**
 * Feed: turns the street into updates for the open pages (Server-Sent Events).
 *
 * Nothing is computed while no page is open. The glow is the lamps' PWM; every number about light
 * and energy comes from the lamps' own reports.
 */
import type { ServerResponse } from "node:http";
import type { StreetNetwork } from "../../run/streetnetwork.js";
import type {
	Ended,
	LampReply,
	LampReport,
	OfferedImage,
	OrderForm,
	StreetView,
	Update,
	Welcome,
} from "../messages.js";
import { readReply, readReport } from "./reports.js";

/** Milliseconds of wall clock between two updates: ten a second look smooth with easing. */
const INTERVAL = 100;
/** Road users sent at a time; more cannot be distinguished on a screen. */
const USERS_MAX = 400;
/** A page that reads too slowly is skipped until its backlog is below this, bytes. */
const BACKLOG_MAX = 1 << 20;

type OnReply = (reply: LampReply, lamp: number, payload: Uint8Array) => void;

export class Feed {
	readonly #view: StreetView;
	readonly #network: StreetNetwork;
	readonly #orders: readonly OrderForm[];
	readonly #images: readonly OfferedImage[];
	readonly #pages = new Set<ServerResponse>();
	/** By lamp number; 0 is unused. */
	readonly #reported: LampReport[];
	readonly #changed = new Set<number>();
	readonly #glow: Int16Array;
	readonly #replies = new Map<string, OnReply>();
	readonly #unsubscribe: () => void;
	#energy = 0;
	#saved = 0;
	#online = 0;
	#reporting = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(
		view: StreetView,
		network: StreetNetwork,
		orders: readonly OrderForm[],
		images: readonly OfferedImage[],
	) {
		this.#orders = orders;
		this.#images = images;
		this.#view = view;
		this.#network = network;
		this.#reported = Array.from({ length: view.lamps + 1 }, () => ({}));
		this.#glow = new Int16Array(view.lamps + 1);
		this.#unsubscribe = network.onReport((at, topic, payload) =>
			this.#bounded(() => this.#onReport(at, topic, payload)),
		);
	}

	/** A page opened: it receives the whole street, then changes. */
	add(page: ServerResponse): void {
		const welcome: Welcome = {
			lamps: this.#view.lamps,
			spacing_m: this.#view.spacing_m,
			seed: this.#view.seed,
			zone: this.#view.zone,
			broker: this.#network.brokerUrl ?? null,
			consolePort: this.#network.consolePort ?? null,
			maxSpeedAllowed: this.#view.maxSpeedAllowed,
			orders: this.#orders,
			images: this.#images,
		};
		send(page, "welcome", welcome);
		const glow: [number, number][] = [];
		const told: [number, LampReport][] = [];
		for (let lamp = 1; lamp <= this.#view.lamps; lamp++) {
			glow.push([lamp, this.#dutyOf(lamp)]);
			told.push([lamp, this.#reported[lamp]!]);
		}
		send(page, "update", this.#update(glow, told));
		this.#pages.add(page);
		this.#timer ??= setInterval(() => this.#bounded(() => this.#tick()), INTERVAL);
		page.on("close", () => this.#remove(page));
	}

	/** Calls back with each reply to the order `id`. @returns ends the wait */
	awaitReply(id: string, onReply: OnReply): () => void {
		this.#replies.set(id, onReply);
		return () => this.#replies.delete(id);
	}

	/** The image server has handed `bytes` of the image `name` to a lamp so far. */
	onServed(lamp: number, name: string, bytes: number, of: number): void {
		const utc = this.#view.epochUtc + this.#view.now();
		this.#reported[lamp]!.served = { name, bytes, of, utc };
		this.#changed.add(lamp);
	}

	/** The run is over; `why`: the error, if it failed. */
	close(why?: string): void {
		this.#unsubscribe();
		clearInterval(this.#timer);
		const ended: Ended = { why: why ?? null };
		for (const page of this.#pages) page.end(frame("ended", ended));
	}

	/**
	 * An exception disconnects the pages, which reconnect and receive everything anew; the run
	 * continues.
	 */
	#bounded(act: () => void): void {
		try {
			act();
		} catch {
			for (const page of this.#pages) page.destroy();
		}
	}

	#remove(page: ServerResponse): void {
		this.#pages.delete(page);
		if (this.#pages.size > 0) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	#tick(): void {
		const glow: [number, number][] = [];
		for (let lamp = 1; lamp <= this.#view.lamps; lamp++) {
			const duty = this.#dutyOf(lamp);
			if (duty === this.#glow[lamp]) continue;
			this.#glow[lamp] = duty;
			glow.push([lamp, duty]);
		}
		const told = [...this.#changed].map((lamp): [number, LampReport] => [
			lamp,
			this.#reported[lamp]!,
		]);
		this.#changed.clear();
		const text = frame("update", this.#update(glow, told));
		for (const page of this.#pages) {
			if (page.writableLength > BACKLOG_MAX)
				page.destroy(); // it reconnects and receives everything anew
			else page.write(text);
		}
	}

	#update(glow: Update["glow"], told: Update["told"]): Update {
		const view = this.#view;
		const { sunElevation, illuminance } = view.sky();
		const users: [number, string, number, number][] = [];
		view.users((id, kind, x, direction) => {
			if (users.length < USERS_MAX) users.push([id, kind[0]!, Math.round(x * 10), direction]);
		});
		const speed = view.speed();
		return {
			utc: Math.round(view.epochUtc + view.now()),
			speed: Number.isFinite(speed) ? speed : null,
			sun: Math.round(sunElevation * 100) / 100,
			lux: Math.round(illuminance * 10) / 10,
			glow,
			told,
			users,
			totals: {
				energy_kWh: this.#energy,
				saved_kWh: this.#saved,
				published: this.#network.published,
				online: this.#online,
				reporting: this.#reporting,
			},
		};
	}

	#dutyOf(lamp: number): number {
		return Math.round(this.#view.duty(lamp) * 1000);
	}

	#onReport(at: number, topic: string, payload: Uint8Array): void {
		const lamp = this.#network.lampOf(topic);
		if (lamp === undefined) return;
		const suffix = topic.slice(topic.lastIndexOf("/") + 1);
		if (suffix === "reply") {
			const reply = this.#replies.size > 0 ? readReply(payload) : undefined;
			const waiting = reply && this.#replies.get(reply.id);
			if (!reply || !waiting) return;
			waiting(reply, lamp, payload);
			return;
		}
		const told = this.#reported[lamp]!;
		const { energy_kWh, saved_kWh = 0, online } = told;
		if (!readReport(told, suffix, payload, at, this.#view.epochUtc + at)) return;
		this.#changed.add(lamp);
		this.#energy += (told.energy_kWh ?? 0) - (energy_kWh ?? 0);
		this.#saved += (told.saved_kWh ?? 0) - saved_kWh;
		if (energy_kWh === undefined && told.energy_kWh !== undefined) this.#reporting++;
		if (online !== told.online) this.#online += told.online ? 1 : online ? -1 : 0;
	}
}

function frame(event: string, data: unknown): string {
	return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function send(page: ServerResponse, event: string, data: unknown): void {
	page.write(frame(event, data));
}
