/**
 * Ordering: any order of the contract to the chosen lamp, a group or all, and the answers.
 */
import type { FormField, OrderAnswer, OrderForm, OrderTarget } from "../messages.js";
import { byId, element, filledIn, post } from "./dom.js";
import type { Model } from "./model.js";
import type { Speech } from "./words.js";

/** Default of a required end, ms. */
const USUAL_SPAN = 3_600_000;
const TARGETS: readonly OrderTarget[] = ["lamp", "group", "all"];
/** Fields of an answer that are shown in words; the rest is shown unchanged. */
const IN_WORDS: readonly string[] = ["id", "status", "reason", "field", "time"];

export class Ordering {
	#lamp = 0;
	#answers: readonly OrderAnswer[] | "asking" | "noAnswer" | undefined;
	readonly #to = byId("to") as HTMLSelectElement;
	readonly #what = byId("what") as HTMLSelectElement;
	readonly #fields = byId("fields");

	constructor(
		readonly model: Model,
		readonly speech: () => Speech,
	) {
		this.#to.addEventListener("change", () => this.#offer());
		this.#what.addEventListener("change", () => this.#showFields());
		byId("ordering").addEventListener("submit", (event) => {
			event.preventDefault();
			void this.#send();
		});
	}

	choose(lamp: number): void {
		this.#lamp = lamp;
		this.#answers = undefined;
		this.translate();
	}

	/** Renders all texts again: another lamp, or another language. Fields are reset. */
	translate(): void {
		if (this.#lamp === 0) return;
		const name = { lamp: this.speech().say("lamp", { lamp: this.#lamp }) };
		const chosen = this.#to.value || "lamp";
		this.#to.replaceChildren(
			...TARGETS.map((to) => option(to, this.speech().say(`to.${to}`, name), to === chosen)),
		);
		this.#offer();
		this.#showAnswers();
	}

	/** The selected form. */
	get #form(): OrderForm | undefined {
		return this.#forms.find(({ name }) => name === this.#what.value);
	}

	get #forms(): readonly OrderForm[] {
		const forms = this.model.welcome?.orders ?? [];
		return forms.filter(({ to }) => to === this.#to.value);
	}

	/** The orders for the chosen target. */
	#offer(): void {
		const chosen = this.#what.value;
		this.#what.replaceChildren(
			...this.#forms.map(({ name }) =>
				option(name, this.speech().say(`order.${name}`), name === chosen),
			),
		);
		this.#showFields();
	}

	#showFields(): void {
		const group: FormField = { name: "toGroup", kind: "text", required: true };
		const fields = [...(this.#to.value === "group" ? [group] : []), ...(this.#form?.fields ?? [])];
		this.#fields.replaceChildren(...fields.map((field) => this.#input(field)));
	}

	#input({ name, kind, required, whole, min, max }: FormField): HTMLElement {
		const input = document.createElement("input");
		input.name = name;
		input.required = required;
		input.type = kind === "boolean" ? "checkbox" : kind === "number" ? "number" : "text";
		if (kind === "number") input.step = whole ? "1" : "any";
		if (min !== undefined) input.min = String(min);
		if (max !== undefined) input.max = String(max);
		if (kind === "instant" && required)
			input.value = new Date((this.model.update?.utc ?? 0) + USUAL_SPAN).toISOString();
		const label = document.createElement("label");
		label.append(element("span", this.speech().say(`field.${name}`)), input);
		return label;
	}

	async #send(): Promise<void> {
		const { toGroup, ...fields } = filledIn(this.#fields);
		const lamp = this.#lamp;
		const order = { lamp, to: this.#to.value, name: this.#what.value, group: toGroup, fields };
		this.#answers = "asking";
		this.#showAnswers();
		const response = await post("/order", order);
		const answers = response?.ok ? ((await response.json()) as OrderAnswer[]) : "noAnswer";
		if (lamp !== this.#lamp) return; // another lamp was chosen meanwhile
		this.#answers = answers;
		this.#showAnswers();
	}

	#showAnswers(): void {
		const speech = this.speech();
		const answers = this.#answers;
		const box = byId("answer");
		if (answers === undefined) box.replaceChildren();
		else if (typeof answers === "string") box.replaceChildren(element("p", speech.say(answers)));
		else box.replaceChildren(...answers.flatMap((answer) => sayAnswer(answer, speech)));
	}
}

/** The lamp, the status of its answer, and the answer's other fields. */
function sayAnswer({ lamp, reply }: OrderAnswer, speech: Speech): HTMLElement[] {
	const { status, reason, field } = reply;
	const why = [reason, field].filter((word) => word !== undefined).join(", ");
	const words = { lamp, why: String(why) };
	const said = element("p", speech.say(`answer.${String(status)}`, words));
	const rest = Object.entries(reply).filter(
		([name]) => !IN_WORDS.includes(name) && name !== "uptime_ms",
	);
	if (rest.length === 0) return [said];
	return [said, element("pre", JSON.stringify(Object.fromEntries(rest), null, 1))];
}

function option(value: string, text: string, isChosen: boolean): HTMLOptionElement {
	return new Option(text, value, isChosen, isChosen);
}
