/**
 * Settings import: collects a complete set of settings, value by value, for the candidate.
 *
 * A setting that is not named gets its default. The lamp's secrets stay, because an export contains
 * none.
 */
import type { Importing } from "../../console/owner.js";
import { brokenRule } from "../../settings/rules.js";
import {
	type Changes,
	DEFAULTS,
	SETTINGS,
	type Settings,
	settingOf,
	withValues,
} from "../../settings/table.js";
import { isRejection, validateFor } from "../../settings/validate.js";
import type { Candidate } from "./candidate.js";
import { VALIDATORS } from "./validators.js";

export class SettingsImport implements Importing {
	private readonly lamp: { readonly settings: Settings };
	private readonly candidate: Candidate;
	private readonly changes: Changes = {};

	constructor(lamp: { readonly settings: Settings }, candidate: Candidate) {
		this.lamp = lamp;
		this.candidate = candidate;
	}

	set(name: string, input: unknown): string | undefined {
		const setting = settingOf(name);
		if (!setting || setting.secret) return "unknownSetting";
		const value = validateFor(setting, input, VALIDATORS);
		if (isRejection(value)) return value.why;
		if (value !== DEFAULTS[setting.name]) this.changes[setting.name] = value;
		return undefined;
	}

	done(): string | undefined {
		const { settings } = this.lamp;
		const secrets: Changes = {};
		for (const { name, secret } of SETTINGS) if (secret) secrets[name] = settings[name];
		const edited = withValues(withValues(DEFAULTS, secrets), this.changes);
		const broken = brokenRule(edited);
		if (broken) return `${broken.name} ${broken.why}`;
		this.candidate.edit(edited);
		return undefined;
	}
}
