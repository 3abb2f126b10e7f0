/**
 * Channel: between the page and the simulation behind it: requests with their answers, and streams of
 * messages. Types only.
 *
 * In a browser the simulation is a worker, with `npm start` it is a process behind HTTP; the page and the
 * simulation's desk (server/desk.ts) are the same. Everything travels as JSON.
 */
import type { ComparedOption } from "../../lib/lightingoptions/options.js";
import type { StreetYear } from "../../lib/lightingoptions/year.js";
import type {
	ReadAnswer,
	ReadOrder,
	ServedNight,
	ServedProgress,
	ServedTown,
	StreetAnswer,
	StreetOrder,
} from "../../town/townmessages.js";
import type { RecordedNight } from "../replay/recordednight.js";
import type { LogEntry } from "../results/logentry.js";
import type { Outcome } from "../results/optionnight.js";
import type { FieldPage, NoField } from "./fieldmessages.js";
import type {
	Ended,
	ForecastPage,
	HistorySlice,
	LampReply,
	OfferSent,
	OrderAnswer,
	OrderTarget,
	SettingsPage,
	SettingsSent,
	Update,
	Welcome,
} from "./messages.js";

interface OfLamp {
	/** From 1. */
	readonly lamp: number;
}
/** Why there is no answer, a sentence. */
interface Why {
	readonly why: string;
}
type Fields = object;

/** What changes nothing: fields and answer by path. */
export interface Reads {
	readonly "/history": [{ from: number; to: number; step: 1 | 60 }, HistorySlice];
	readonly "/field": [OfLamp, FieldPage | NoField];
	readonly "/settings": [OfLamp, SettingsPage];
	readonly "/recorded": [Fields, RecordedNight];
	readonly "/ways": [Fields, StreetYear | Why];
	readonly "/town": [Fields, ServedTown];
	readonly "/town/progress": [Fields, ServedProgress];
	readonly "/town/night": [{ option: string }, ServedNight];
}

/** What changes the run or asks a lamp; `true`: done, there is nothing to say. */
export interface Acts {
	/** Virtual seconds a second; 0: pause, null: unlimited. */
	readonly "/speed": [{ speed: number | null | undefined }, true];
	/** By so many ms, or to a named instant. */
	readonly "/jump": [{ ms: number } | { where: string }, true];
	/** `at`: RFC 3339; absent: now. */
	readonly "/explain": [OfLamp & { at?: string | undefined }, LampReply];
	readonly "/preview": [OfLamp & { page: number }, LampReply];
	readonly "/order": [
		OfLamp & {
			to: OrderTarget;
			name: string | undefined;
			groups?: readonly string[];
			fields: Fields;
		},
		readonly OrderAnswer[],
	];
	/** To a lamp, or without one to all. */
	readonly "/offer": [Partial<OfLamp> & Fields, OfferSent];
	readonly "/serial": [OfLamp & { text: string }, true];
	readonly "/fault": [{ name: string; lamp?: number }, true];
	readonly "/fault/end": [{ id: number }, true];
	readonly "/person": [{ kind: string; x_m: number; direction: number }, true];
	readonly "/crowd": [{ count: number }, true];
	/** The empty name is the street of the start. */
	readonly "/scenario": [{ name: string }, true];
	readonly "/settings": [OfLamp & { values: Fields }, SettingsSent];
	readonly "/forecast": [
		OfLamp & { program: string },
		{ night: ForecastPage; why?: undefined } | (Why & { night?: undefined }),
	];
	readonly "/compare": [{ option: ComparedOption }, Outcome | Why];
	readonly "/town/street": [StreetOrder, StreetAnswer];
	readonly "/town/read": [ReadOrder, ReadAnswer];
	readonly "/town/start": [ReadOrder, ReadAnswer];
}

/** Streams: fields, and messages by name. */
export interface Streams {
	readonly "/events": [
		Fields,
		{ welcome: Welcome; update: Update; log: readonly LogEntry[]; ended: Ended },
	];
	/** Bytes of a serial line, as text. */
	readonly "/serial": [OfLamp, { message: string }];
}

/** Documents for printing, HTML, by path and query: a report of the run, and that of a decision. */
export type DocumentPath = "/report" | "/decision";

/** Listeners of a stream; `lost`: it broke off, and is joined again. */
export type Listeners<M> = { readonly [N in keyof M]?: (message: M[N]) => void } & {
	readonly open?: () => void;
	readonly lost?: () => void;
};

export interface Channel {
	/** Undefined: no simulation answers, or it refuses. */
	read<P extends keyof Reads>(path: P, fields: Reads[P][0]): Promise<Reads[P][1] | undefined>;
	act<P extends keyof Acts>(path: P, fields: Acts[P][0]): Promise<Acts[P][1] | undefined>;
	/** @returns leaves the stream */
	follow<P extends keyof Streams>(
		path: P,
		fields: Streams[P][0],
		listeners: Listeners<Streams[P][1]>,
	): () => void;
}
