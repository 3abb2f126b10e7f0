/** Lamps: one button under each lamp in sight, with its number, level and reason. */
import type { Model } from "./model.js";
import type { Scene } from "./scene.js";
import type { Speech } from "./words.js";

interface Plate {
	readonly item: HTMLLIElement;
	readonly button: HTMLButtonElement;
	readonly number: HTMLSpanElement;
	readonly level: HTMLSpanElement;
	readonly reason: HTMLSpanElement;
}

export class Lamps {
	readonly #plates = new Map<number, Plate>();
	#chosen: number | undefined;

	constructor(
		readonly list: HTMLOListElement,
		readonly model: Model,
		readonly scene: Scene,
		readonly speech: () => Speech,
		readonly onChoose: (lamp: number) => void,
	) {
		list.addEventListener("keydown", (event) => this.#onKey(event));
	}

	/** Creates plates for the lamps in sight, removes the others, and places them. */
	layOut(): void {
		const [first, last] = this.scene.visible();
		for (const [lamp, plate] of this.#plates) {
			if (lamp >= first && lamp <= last) continue;
			if (plate.item.contains(document.activeElement)) continue; // keeps the keyboard focus
			plate.item.remove();
			this.#plates.delete(lamp);
		}
		for (let lamp = first; lamp <= last; lamp++) {
			const plate = this.#plates.get(lamp) ?? this.#make(lamp);
			plate.item.style.left = `${(lamp - 1) * this.scene.pitch}px`;
			plate.item.style.width = `${this.scene.pitch}px`;
		}
	}

	refresh(lamps: Iterable<number> = this.#plates.keys()): void {
		for (const lamp of lamps) this.#fill(lamp);
	}

	choose(lamp: number): void {
		const before = this.#chosen;
		this.#chosen = lamp;
		if (before !== undefined) this.#fill(before);
		this.#fill(lamp);
		this.onChoose(lamp);
	}

	#make(lamp: number): Plate {
		const item = document.createElement("li");
		const button = document.createElement("button");
		button.type = "button";
		const [level, reason, number] = ["level", "reason", "number"].map((name) => {
			const span = document.createElement("span");
			span.className = name;
			button.append(span);
			return span;
		});
		item.append(button);
		item.dataset.lamp = String(lamp);
		button.addEventListener("click", () => this.choose(lamp));
		const plate = { item, button, level: level!, reason: reason!, number: number! };
		this.#plates.set(lamp, plate);
		this.#insert(lamp, item);
		this.#fill(lamp);
		return plate;
	}

	/** In order of number, so that Tab goes along the street. */
	#insert(lamp: number, item: HTMLLIElement): void {
		const next = [...this.list.children].find(
			(other) => other instanceof HTMLElement && Number(other.dataset.lamp) > lamp,
		);
		this.list.insertBefore(item, next ?? null);
	}

	#fill(lamp: number): void {
		const plate = this.#plates.get(lamp);
		const told = this.model.told[lamp];
		if (!plate || !told) return;
		const speech = this.speech();
		const level = told.level === undefined ? "–" : speech.percent(told.level);
		const reason = told.reason === undefined ? speech.say("silent") : speech.say(told.reason);
		plate.number.textContent = String(lamp);
		plate.level.textContent = level;
		plate.reason.textContent = reason;
		plate.button.setAttribute("aria-label", speech.say("lampSays", { lamp, level, reason }));
		plate.button.setAttribute("aria-pressed", String(lamp === this.#chosen));
		plate.item.dataset.reason = told.reason ?? "";
		plate.item.dataset.level = told.level === undefined ? "" : String(told.level);
		plate.item.dataset.online = String(told.online ?? "");
	}

	#onKey(event: KeyboardEvent): void {
		const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
		const item = document.activeElement?.closest("li");
		if (step === 0 || !item) return;
		event.preventDefault();
		const lamp = Number(item.dataset.lamp) + step;
		if (lamp < 1 || lamp > (this.model.welcome?.lamps ?? 0)) return;
		const plate = this.#plates.get(lamp) ?? this.#make(lamp);
		plate.button.focus();
		plate.item.scrollIntoView({ block: "nearest", inline: "nearest" });
	}
}
