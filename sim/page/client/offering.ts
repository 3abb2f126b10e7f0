/**
 * Offering: an image of the street's image server for the chosen lamp or for all, and the order to
 * stop.
 */
import { byId, element, filledIn, post } from "./dom.js";
import type { Model } from "./model.js";
import { sizeOf } from "./rollout.js";
import type { Speech } from "./words.js";

/** Seconds over which the turns of a watched street are spread. */
const SPREAD = "60";

interface Sent {
	/** Undefined: all. */
	readonly lamp?: number;
	readonly topic: string;
	readonly lamps: number;
	readonly payload: string;
}

export class Offering {
	#lamp: number | undefined;
	#sent: Sent | "notSent" | undefined;
	readonly #image = byId("image") as HTMLSelectElement;
	readonly #to = byId("offerTo") as HTMLSelectElement;
	readonly #form = byId("offering") as HTMLFormElement;

	constructor(
		readonly model: Model,
		readonly speech: () => Speech,
	) {
		(this.#form.elements.namedItem("spread") as HTMLInputElement).value = SPREAD;
		this.#form.addEventListener("submit", (event) => {
			event.preventDefault();
			void this.#send({ image: this.#image.value, fields: filledIn(this.#form) });
		});
		byId("stop").addEventListener("click", () => void this.#send({ stop: true }));
	}

	choose(lamp: number): void {
		this.#lamp = lamp;
		this.translate();
	}

	/** Renders all texts again: another lamp, another language, or another street. */
	translate(): void {
		const speech = this.speech();
		const images = this.model.welcome?.images ?? [];
		byId("updates").hidden = images.length === 0;
		const options = images.map(({ bytes, ...image }) => {
			const text = speech.say("imageSays", { ...image, bytes: sizeOf(bytes, speech) });
			return new Option(text, image.name, false, image.name === this.#image.value);
		});
		this.#image.replaceChildren(...options);
		const to = this.#to.value;
		this.#to.replaceChildren(new Option(speech.say("offerTo.all"), "all"));
		if (this.#lamp !== undefined) {
			const text = speech.say("offerTo.lamp", { lamp: this.#lamp });
			this.#to.append(new Option(text, "lamp", false, to === "lamp"));
		}
		this.#showSent();
	}

	async #send(what: object): Promise<void> {
		const lamp = this.#to.value === "lamp" ? this.#lamp : undefined;
		const to = lamp === undefined ? {} : { lamp };
		const response = await post("/offer", { ...what, ...to });
		this.#sent = response?.ok ? { ...((await response.json()) as Sent), ...to } : "notSent";
		this.#showSent();
	}

	/** The exact payload, so that any other client can send it. */
	#showSent(): void {
		const speech = this.speech();
		const sent = this.#sent;
		const box = byId("sent");
		if (sent === undefined) box.replaceChildren();
		else if (sent === "notSent") box.replaceChildren(element("p", speech.say(sent)));
		else {
			const { lamp, topic, lamps, payload } = sent;
			const to = speech.say(lamp === undefined ? "sentAll" : "sentOne", {
				lamp: lamp ?? "",
				lamps,
			});
			const said = element("p", speech.say("sent", { to, topic }));
			box.replaceChildren(said, element("pre", payload));
		}
	}
}
