/**
 * Desk: what the technician's console may ask of the lamp.
 *
 * It acts through the same two ways as the broker: orders through `command/decode`, settings through
 * validation as a whole set.
 */
import type { ConsoleOwner, OrderAnswer, SetAnswer } from "../console/owner.js";
import type { Language } from "../explain/explain.js";
import type { JournalReader } from "../journal/journal.js";
import type { Node } from "../node.js";
import { helpOf } from "../settings/help.js";
import { print } from "../settings/section.js";
import { prepare, switchTo } from "../settings/store.js";
import { SETTINGS, settingOf } from "../settings/table.js";
import { change, isRejection } from "../settings/validate.js";
import type { View } from "../view.js";
import { JUDGES } from "./judges.js";
import { settingsDoors } from "./options.js";
import { refusedPlan } from "./refusedplan.js";

const NAMES: readonly string[] = Object.freeze(SETTINGS.map((setting) => setting.name));

export class Desk implements ConsoleOwner {
	private readonly node: Node;

	constructor(node: Node) {
		this.node = node;
	}

	get view(): View {
		return this.node.view;
	}

	get journal(): JournalReader {
		return this.node.journal;
	}

	get language(): Language {
		return this.node.settings.language;
	}

	get names(): readonly string[] {
		return NAMES;
	}

	order(text: string): OrderAnswer {
		const { node } = this;
		return node.takeOrder(text, { via: "console", retained: false, toMany: false }, node.now);
	}

	/** In force at once, and kept; what the flash does not take is not put in force. */
	set(name: string, value: string): SetAnswer {
		const { node } = this;
		const changed = change(node.settings, name, value, JUDGES);
		if (isRejection(changed)) {
			const event = refusedPlan(changed);
			if (event) node.happened(event, node.now);
			return { why: changed.why };
		}
		const setting = settingOf(name)!;
		const doors = settingsDoors(node);
		const prepared = prepare(node.bank, node.settings, changed, doors);
		if (typeof prepared === "string") return { why: "could not be stored" };
		const { slots } = prepared;
		const bank = { ...node.bank, slots, switches: node.bank.switches + 1 };
		if (switchTo(bank, doors) !== "ok") return { why: "could not be stored" };
		node.bank = bank;
		node.configure(changed, setting.section, node.now);
		return { value: print(changed, setting) };
	}

	show(name: string): string | undefined {
		const setting = settingOf(name);
		return setting && print(this.node.settings, setting);
	}

	about(name: string, language: Language): string | undefined {
		const setting = settingOf(name);
		return setting && helpOf(setting, language);
	}

	isSecret(name: string): boolean {
		return settingOf(name)?.secret === true;
	}

	connectNow(): void {
		this.node.link.connectNow(this.node.now);
	}
}
