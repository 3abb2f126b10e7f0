/**
 * Night ahead: the chosen lamp's forecast of its night, as steps and in words.
 */
import { HOUR } from "../../util/spans.js";
import type { ForecastPage, ForecastPiece, LampReply } from "../messages.js";
import { byId, element, post } from "./dom.js";
import type { Model } from "./model.js";
import type { Speech } from "./words.js";

/** Units of the drawing; the page scales it. */
const WIDTH = 480;
const HEIGHT = 100;
/** Room below for the hours. */
const FOOT = 18;
const SVG = "http://www.w3.org/2000/svg";

interface Forecast {
	readonly pieces: readonly ForecastPiece[];
	readonly last: ForecastPage;
}

export class NightAhead {
	#lamp: number | undefined;
	#forecast: Forecast | LampReply | "asking" | "noAnswer" = "asking";

	constructor(
		readonly model: Model,
		readonly speech: () => Speech,
	) {}

	/** Requests the forecast from the lamp over the broker, page by page. */
	async ask(lamp: number): Promise<void> {
		this.#lamp = lamp;
		this.#forecast = "asking";
		this.show();
		const told = await fetchForecast(lamp);
		if (lamp !== this.#lamp) return; // another lamp was chosen meanwhile
		this.#forecast = told;
		this.show();
	}

	/** Renders again after a change of language or time. */
	show(): void {
		const speech = this.speech();
		const told = this.#forecast;
		const box = byId("ahead");
		if (typeof told === "string") box.replaceChildren(element("p", speech.say(told)));
		else if (!("pieces" in told))
			box.replaceChildren(
				element("p", speech.say("refused", { reason: speech.say(told.reason ?? "?") })),
			);
		else if (told.pieces.length === 0) box.replaceChildren(element("p", speech.say("aheadNone")));
		else box.replaceChildren(this.#chart(told), list(told, speech), note(told.last, speech));
	}

	#chart({ pieces, last }: Forecast): Element {
		const speech = this.speech();
		const start = pieces[0]!.from;
		const scale = WIDTH / (last.until - start);
		const chart = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT + FOOT}`, role: "img" });
		const between = { from: speech.time(start), until: speech.time(last.until) };
		chart.setAttribute("aria-label", speech.say("aheadChart", between));
		pieces.forEach(({ from, level }, nth) => {
			const x = (from - start) * scale;
			const end = pieces[nth + 1]?.from ?? last.until;
			const width = (end - from) * scale;
			chart.append(drawn("rect", { x, y: HEIGHT - level, width, height: level }));
		});
		for (let hour = Math.ceil(start / HOUR) * HOUR; hour < last.until; hour += 2 * HOUR) {
			const x = (hour - start) * scale;
			const text = drawn("text", { x, y: HEIGHT + FOOT - 4 });
			text.textContent = speech.time(hour).slice(0, 2);
			chart.append(drawn("line", { x1: x, x2: x, y1: HEIGHT, y2: HEIGHT + 4 }), text);
		}
		const now = this.model.update?.utc ?? 0;
		if (now >= start && now < last.until) {
			const x = (now - start) * scale;
			chart.append(drawn("line", { class: "now", x1: x, x2: x, y1: 0, y2: HEIGHT }));
		}
		return chart;
	}
}

async function fetchForecast(lamp: number): Promise<Forecast | LampReply | "noAnswer"> {
	const pieces: ForecastPiece[] = [];
	for (let page = 1; ; page++) {
		const response = await post("/preview", { lamp, page });
		if (!response?.ok) return "noAnswer";
		const reply = (await response.json()) as LampReply;
		if (!reply.night) return reply;
		pieces.push(...reply.night.pieces);
		if (page >= reply.night.pages) return { pieces, last: reply.night };
	}
}

/** Each piece: its time, and the sentence of the winning request. */
function list({ pieces, last }: Forecast, speech: Speech): Element {
	const rows = pieces.map(({ from, level, by, source }) => {
		const winner = by.at(-1) ?? "";
		const link = { by: winner, level, ...(source && by.length === 1 ? { source } : {}) };
		return row(speech.time(from), speech.sentence(link));
	});
	const made = document.createElement("ol");
	made.append(...rows, row(speech.time(last.until), speech.say("aheadUntil")));
	return made;
}

function row(time: string, text: string): Element {
	const made = document.createElement("li");
	made.append(element("time", time), " ", text);
	return made;
}

function note({ burning_h, energy_kWh }: ForecastPage, speech: Speech): Element {
	const hours = speech.number(burning_h, 1, "h");
	const energy = speech.number(energy_kWh, 2, "kWh");
	return element("p", speech.say("aheadNote", { hours, energy }));
}

function drawn(name: string, attributes: Readonly<Record<string, string | number>>): Element {
	const made = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
	return made;
}
