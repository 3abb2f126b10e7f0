/**
 * Saver: reads the flight recorder of a lamp again and again, and keeps all that it held.
 *
 * The lamp's ring holds 256 inputs and 64 levels; each listing begins behind the last one, so
 * little is sent. After other settings came into force they are read anew.
 */
import type {
	RecordedInput,
	RecordedLevel,
	RecordedLife,
	RecordedSettings,
	RecordedState,
	Recording,
} from "../../../lib/recording/recording.js";
import { Trouble } from "../../../lib/text/trouble.js";
import type { Plain } from "../line/plain.js";
import { text } from "../text/texts.js";

/** A busy hour fills the ring; a minute leaves room. ms */
export const LISTED_EACH = 60_000;
/** Version of the text of `record`. */
const RECORD = 1;

type Fields = Readonly<Record<string, unknown>>;
type Talk = Pick<Plain, "do" | "node">;

interface GrowingLife extends RecordedLife {
	until_ms: number;
	readonly settings: RecordedSettings[];
	readonly inputs: RecordedInput[];
	readonly levels: RecordedLevel[];
}

/** An answer to `record`. */
interface Listing {
	readonly life: number;
	/** Inputs and levels before the first that is listed. */
	readonly before: number;
	readonly levelsBefore: number;
	readonly entries: readonly Fields[];
}

export class Saver {
	readonly #lives: GrowingLife[] = [];
	readonly #saved: number;
	#identity: Fields = {};
	/** A recording is of one lamp, whichever is plugged in later. */
	#node: string | undefined;

	constructor(private readonly now: () => number) {
		this.#saved = now();
	}

	/** All that was read; with times to the millisecond. */
	get recording(): Recording {
		const { serial, site, hardware, swVersion } = this.#identity;
		const node = this.#identity.node || this.#node; // one without a name has its serial number
		const head = { serial, site, node, hardware, swVersion } as Omit<Recording, "lives">;
		return { ...head, saved: this.#saved, isBlurred: false, lives: this.#lives };
	}

	/** Numbers of the inputs and levels so far. */
	get counts(): { readonly inputs: number; readonly levels: number } {
		const sum = (pick: (life: RecordedLife) => readonly unknown[]) =>
			this.#lives.reduce((all, life) => all + pick(life).length, 0);
		return { inputs: sum(({ inputs }) => inputs), levels: sum(({ levels }) => levels) };
	}

	/** Reads what came since the last listing. The session is open. */
	async list(talk: Talk): Promise<void> {
		this.#node ??= talk.node;
		if (talk.node !== this.#node)
			throw new Trouble(text("recordOther", talk.node ?? "?", this.#node ?? "?"));
		const last = this.#lives.at(-1);
		const listed = last && (await this.#listing(talk, last));
		if (last && listed?.life === last.life) return this.#take(talk, last, listed);
		const life = await this.#begin(talk);
		const first = await this.#listing(talk, life);
		if (first.life !== life.life) return; // it started anew meanwhile; the next listing has it
		this.#lives.push(life);
		await this.#take(talk, life, first);
	}

	/** A life that is seen for the first time. */
	async #begin(talk: Talk): Promise<GrowingLife> {
		const parts = new Map<unknown, Fields>();
		for (const line of (await talk.do("status")).body) {
			const part = JSON.parse(line) as Fields;
			parts.set(part.part, part);
		}
		const identity = parts.get("identity") ?? {};
		const time = parts.get("time") ?? {};
		const at_ms = Number(time.uptime_ms ?? 0);
		const utc = typeof time.time === "string" ? Date.parse(time.time) : undefined;
		const state: RecordedState = {
			at_ms,
			utc,
			lux: parts.get("sensing")?.lightLevel as number | undefined,
			operatingHours: parts.get("meter")?.operatingHours as number | undefined,
		};
		this.#identity = identity;
		return {
			life: Number(identity.life),
			powerCause: String(identity.powerCause),
			began: this.now() - at_ms,
			until_ms: at_ms,
			state,
			settings: [],
			inputs: [],
			levels: [],
		};
	}

	async #listing(talk: Talk, { inputs, levels }: GrowingLife): Promise<Listing> {
		const since = (entries: readonly { readonly nth: number }[]) => (entries.at(-1)?.nth ?? -1) + 1;
		const { body } = await talk.do(`record ${since(inputs)} ${since(levels)}`);
		const [head = {}, ...entries] = body.map((line) => JSON.parse(line) as Fields);
		if (head.record !== RECORD) throw new Trouble(text("recordFormat", String(head.record)));
		const { life, before, levelsBefore } = head as Readonly<Record<string, number>>;
		return { life: life!, before: before!, levelsBefore: levelsBefore!, entries };
	}

	async #take(
		talk: Talk,
		life: GrowingLife,
		{ before, levelsBefore, entries }: Listing,
	): Promise<void> {
		life.until_ms = this.now() - life.began;
		let [index, level] = [before, levelsBefore];
		let configuredAt: number | undefined;
		for (const entry of entries) {
			if ("level" in entry) life.levels.push({ nth: level++, ...entry } as RecordedLevel);
			else {
				life.inputs.push({ nth: index++, ...entry } as RecordedInput);
				if (entry.input === "configured") configuredAt = Number(entry.at_ms);
			}
		}
		if (life.settings.length === 0) configuredAt ??= 0;
		if (configuredAt === undefined) return;
		life.settings.push({ at_ms: configuredAt, values: await settingsOf(talk) });
	}
}

/** The settings in force, without secrets, as an export has them. */
async function settingsOf(talk: Talk): Promise<RecordedSettings["values"]> {
	const values: Record<string, RecordedSettings["values"][string]> = {};
	const { body } = await talk.do("export");
	for (const line of body.slice(2, -1)) Object.assign(values, JSON.parse(line));
	return values;
}
