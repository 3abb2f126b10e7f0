/**
 * Panel: the chosen lamp: its reports, its own explanation, and its serial line.
 */
import { Terminal } from "../../util/terminal.js";
import type { LampReply, LampReport } from "../messages.js";
import { byId, element, post } from "./dom.js";
import type { Model } from "./model.js";
import { NightAhead } from "./nightahead.js";
import { Ordering } from "./ordering.js";
import type { Speech } from "./words.js";

export class Panel {
	#lamp: number | undefined;
	#reply: LampReply | "asking" | "noAnswer" | undefined;
	#line: EventSource | undefined;
	#terminal = new Terminal();
	readonly #night: NightAhead;
	readonly #ordering: Ordering;

	constructor(
		readonly model: Model,
		readonly speech: () => Speech,
	) {
		this.#night = new NightAhead(model, speech);
		this.#ordering = new Ordering(model, speech);
		byId("again").addEventListener("click", () => this.#ask());
		byId("typing").addEventListener("submit", (event) => {
			event.preventDefault();
			this.#send();
		});
	}

	get lamp(): number | undefined {
		return this.#lamp;
	}

	choose(lamp: number): void {
		this.#lamp = lamp;
		byId("hint").hidden = true;
		byId("details").hidden = byId("line").hidden = false;
		this.#follow(lamp);
		this.#ordering.choose(lamp);
		this.#ask();
		this.refresh();
	}

	/** Renders again after a report or a change of language. */
	refresh(): void {
		if (this.#lamp === undefined) return;
		byId("who").textContent = this.speech().say("lamp", { lamp: this.#lamp });
		this.#showFacts(this.model.told[this.#lamp] ?? {});
		this.#showReply();
		this.#night.show();
	}

	/** Another language: fields being filled in are reset, which a report must not do. */
	translate(): void {
		this.#ordering.translate();
		this.refresh();
	}

	#follow(lamp: number): void {
		this.#line?.close();
		this.#terminal = new Terminal();
		byId("terminal").textContent = "";
		this.#line = new EventSource(`/serial?lamp=${lamp}`);
		this.#line.addEventListener("message", (event) => this.#onSerial(String(event.data)));
		const wake = () => post("/serial", { lamp, text: "\r" }); // brings the prompt
		this.#line.addEventListener("open", wake, { once: true });
	}

	#onSerial(data: string): void {
		const text: unknown = JSON.parse(data);
		if (typeof text !== "string") return;
		this.#terminal.write(text);
		const box = byId("terminal");
		const atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 40;
		box.textContent = this.#terminal.text;
		if (atEnd) box.scrollTop = box.scrollHeight;
	}

	#send(): void {
		const typed = byId("typed") as HTMLInputElement;
		void post("/serial", { lamp: this.#lamp, text: `${typed.value}\r` });
		typed.value = "";
	}

	/** Asks the lamp over the broker for the explanation of its level and its forecast. */
	async #ask(): Promise<void> {
		const lamp = this.#lamp;
		if (lamp === undefined) return;
		void this.#night.ask(lamp);
		this.#reply = "asking";
		this.#showReply();
		const response = await post("/explain", { lamp });
		const reply = response?.ok ? ((await response.json()) as LampReply) : "noAnswer";
		if (lamp !== this.#lamp) return; // another lamp was chosen meanwhile
		this.#reply = reply;
		this.#showReply();
	}

	#showFacts(told: LampReport): void {
		const speech = this.speech();
		const facts: [string, string | undefined][] = [
			["asked", told.level === undefined ? undefined : speech.percent(told.level)],
			["shines", told.actual === undefined ? undefined : speech.percent(told.actual)],
			["reason", told.reason === undefined ? undefined : speech.say(told.reason)],
			["photocell", told.photocell === undefined ? undefined : speech.say(told.photocell)],
			["ownLight", numberOf(told.lightLevel_lx, 1, "lx")],
			["power", numberOf(told.power_W, 1, "W")],
			["energy", numberOf(told.energy_kWh, 3, "kWh")],
			["hours", numberOf(told.hours, 2, "h")],
		];
		function numberOf(value: number | undefined, decimals: number, unit: string) {
			return value === undefined ? undefined : speech.number(value, decimals, unit);
		}
		const rows = facts.map(([name, value]) => {
			const row = document.createElement("div");
			row.append(element("dt", speech.say(name)), element("dd", value ?? "–"));
			return row;
		});
		byId("facts").replaceChildren(...rows);
	}

	#showReply(): void {
		const speech = this.speech();
		const reply = this.#reply;
		const box = byId("explanation");
		if (reply === undefined) box.replaceChildren();
		else if (typeof reply === "string") box.replaceChildren(element("p", speech.say(reply)));
		else if (reply.status === "rejected")
			box.replaceChildren(element("p", speech.say("refused", { reason: reply.reason ?? "?" })));
		else {
			const list = document.createElement("ol");
			for (const link of reply.chain ?? []) list.append(element("li", speech.sentence(link)));
			box.replaceChildren(list);
		}
	}
}
