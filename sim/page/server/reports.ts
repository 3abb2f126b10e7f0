/**
 * Reports: the lamps' reports about themselves, stored for the page.
 *
 * Only the known fields of the known reports are taken, each checked for its type: a report is
 * bytes from outside like any other.
 */
import { type Fields, fieldsIn, flag, instant, isFields, number, text } from "../../util/fields.js";
import type {
	ForecastPage,
	ForecastPiece,
	LampReply,
	LampReport,
	ReportedLink,
} from "../messages.js";
import { withStep } from "./steps.js";

/** Chain links and characters that the page shows; a lamp of this firmware sends fewer. */
const LINKS_MAX = 16;
/** A page of a night has eight (`docs/broker.md`). */
const PIECES_MAX = 8;

/**
 * Reads a report into `lamp`; `utc`: its arrival, ms. @returns whether it changed anything that the
 * page shows
 */
export function readReport(
	lamp: LampReport,
	suffix: string,
	payload: Uint8Array,
	utc: number,
): boolean {
	const fields = fieldsIn(payload);
	if (!fields) return false;
	const { steps = [] } = lamp;
	if (suffix === "event" || suffix === "birth") lamp.steps = withStep(steps, suffix, fields, utc);
	if (suffix === "birth") readProfile(lamp, fields.reporting);
	if (suffix === "status") put(lamp, "online", flag(fields.online));
	else if (suffix === "state") readLight(lamp, fields);
	else if (suffix === "birth") readLight(lamp, isFields(fields.state) ? fields.state : {});
	else if (suffix === "telemetry") {
		put(lamp, "energy_kWh", number(fields.activeEnergy_kWh));
		put(lamp, "saved_kWh", number(fields.energySaved_kWh));
		const { driver } = fields;
		const measured = isFields(driver) ? number(driver.activePower_W) : undefined;
		put(lamp, "power_W", lamp.isNarrow ? undefined : (measured ?? number(fields.activePower_W)));
		put(lamp, "hours", number(fields.operatingHours));
		lamp.meteredAt = instant(fields.time) ?? utc; // it may have waited for the broker
	} else if (suffix !== "event" || lamp.steps === steps) return false;
	return true;
}

function readProfile(lamp: LampReport, reporting: unknown): void {
	if (isFields(reporting) && reporting.profile === "narrow") lamp.isNarrow = true;
	else delete lamp.isNarrow;
}

/** Reads a reply; undefined for anything else. */
export function readReply(payload: Uint8Array): LampReply | undefined {
	const fields = fieldsIn(payload);
	const id = text(fields?.id);
	const status = text(fields?.status);
	if (!fields || id === undefined || status === undefined) return undefined;
	const reason = text(fields.reason);
	const level = number(fields.level);
	const because = text(fields.because);
	const night = fields.pieces === undefined ? undefined : readNight(fields);
	return {
		id,
		status,
		...(reason === undefined ? {} : { reason }),
		...(level === undefined ? {} : { level }),
		...(because === undefined ? {} : { because }),
		...(fields.chain === undefined ? {} : { chain: chain(fields.chain) }),
		...(night === undefined ? {} : { night }),
	};
}

/** The answer to `preview`; a night without darkness has no piece and no end. */
function readNight(fields: Fields): ForecastPage {
	return {
		pieces: pieces(fields.pieces),
		until: instant(fields.until) ?? 0,
		page: number(fields.page) ?? 1,
		pages: number(fields.pages) ?? 1,
		burning_h: number(fields.burning_h) ?? 0,
		energy_kWh: number(fields.activeEnergy_kWh) ?? 0,
	};
}

function pieces(value: unknown): ForecastPiece[] {
	if (!Array.isArray(value)) return [];
	const found: ForecastPiece[] = [];
	for (const piece of value.slice(0, PIECES_MAX)) {
		if (!isFields(piece) || !Array.isArray(piece.by)) continue;
		const from = instant(piece.from);
		const level = number(piece.level);
		const source = text(piece.source);
		const by = piece.by.slice(0, LINKS_MAX).map(text);
		if (from === undefined || level === undefined || !by.every(isText)) continue;
		found.push({ from, level, by, ...(source === undefined ? {} : { source }) });
	}
	return found;
}

function readLight(lamp: LampReport, fields: Fields): void {
	put(lamp, "level", number(fields.feedbackLightCommand));
	put(lamp, "actual", number(fields.actualLightState));
	put(lamp, "reason", text(fields.reason));
	put(lamp, "photocell", text(fields.photocellOutput));
	put(lamp, "lightLevel_lx", number(fields.lightLevel));
	if (fields.chain !== undefined) lamp.chain = chain(fields.chain);
}

function put<K extends keyof LampReport>(lamp: LampReport, key: K, value: LampReport[K]): void {
	if (value !== undefined) lamp[key] = value;
}

function chain(value: unknown): ReportedLink[] {
	if (!Array.isArray(value)) return [];
	const links: ReportedLink[] = [];
	for (const link of value.slice(0, LINKS_MAX)) {
		if (!isFields(link)) continue;
		const by = text(link.by);
		const level = number(link.level);
		const source = text(link.source);
		if (by === undefined || level === undefined) continue;
		links.push(source === undefined ? { by, level } : { by, level, source });
	}
	return links;
}

function isText(value: string | undefined): value is string {
	return value !== undefined;
}
