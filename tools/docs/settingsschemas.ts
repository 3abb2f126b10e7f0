/**
 * Settings schemas: messages and JSON Schemas of the sections of the settings, from the firmware's
 * table, for docs/broker.asyncapi.yaml.
 *
 * A schema accepts what the firmware accepts value by value; rules between settings, and the syntax
 * of programs, calendars and zones, are beyond it.
 */
import { stringify } from "yaml";
import type { Schema } from "../../lib/firmware/contractdoc.js";
import type { Kind, TextKind } from "../../src/settings/kinds.js";
import { settingsOf } from "../../src/settings/section.js";
import { sentenceOf } from "../../src/settings/sentences.js";
import { SECTIONS, type SectionName, type Setting } from "../../src/settings/table.js";

const RESERVED = ["all", "group", "unassigned"];
/** Patterns of a text that is not empty. */
const PATTERNS: Readonly<Record<TextKind["alphabet"], string>> = {
	name: "[A-Za-z0-9_-]+",
	topic: "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*",
	host: "[A-Za-z0-9.:-]+",
	hosts: "[A-Za-z0-9.:-]+(,[A-Za-z0-9.:-]+)*",
	printable: "[ -~]+",
	passphrase: "([ -~]{8,63}|[0-9A-Fa-f]{64})",
	ssid: "[^\\u0000-\\u001f\\u007f]+",
};

/** `begin` and `end` of what is written. */
const MARKS = {
	messages: "settings messages",
	schemas: "settings schemas",
} as const;

/** The document with both parts written anew. Throws if it has no place for them. */
export function withSettings(text: string): string {
	const messages = replaced(text, MARKS.messages, settingsMessages());
	return replaced(messages, MARKS.schemas, settingsSchemas());
}

function replaced(text: string, mark: string, content: object): string {
	const begin = `    # begin of ${mark}: written by \`npm run renew -- contract\`\n`;
	const end = `    # end of ${mark}\n`;
	const [from, to] = [text.indexOf(begin), text.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`the document has no "${begin.trim()}"`);
	const lines = stringify(content, { lineWidth: 0, aliasDuplicateObjects: false }).replace(
		/^(?=.)/gm,
		"    ",
	);
	return text.slice(0, from) + begin + lines + text.slice(to);
}

/** `light` as in `SettingsLight`. */
export function capital(section: string): string {
	return section.charAt(0).toUpperCase() + section.slice(1);
}

function settingsMessages(): object {
	const messages: Record<string, object> = {};
	for (const section of SECTIONS) {
		const name = capital(section);
		messages[`settingsReported${name}`] = {
			summary: `Section ${section}: when it changed, and when the lamp has no mark of an earlier report.`,
			payload: ref(`SettingsReported${name}`),
		};
		messages[`settingsDesired${name}`] = {
			summary: `Section ${section} of a revision; all of its sections or none are put in force.`,
			payload: ref(`SettingsDesired${name}`),
		};
	}
	return messages;
}

function settingsSchemas(): object {
	const schemas: Record<string, object> = {};
	for (const section of SECTIONS) {
		const name = capital(section);
		const shown = settingsOf(section).filter(({ secret }) => !secret);
		schemas[`Settings${name}`] = {
			type: "object",
			description: `Values of the section ${section}; one that is not named stays as it is.`,
			additionalProperties: false,
			properties: propertiesOf(settingsOf(section)),
		};
		schemas[`Reported${name}`] = {
			type: "object",
			description: `The section ${section} in force, without secrets.`,
			additionalProperties: false,
			required: shown.map((setting) => setting.name),
			properties: propertiesOf(shown),
		};
		schemas[`SettingsDesired${name}`] = desired(section);
		schemas[`SettingsReported${name}`] = reported(section);
	}
	return schemas;
}

function desired(section: SectionName): object {
	return {
		type: "object",
		description: "A section of the settings as the CMS requests it.",
		additionalProperties: false,
		required: ["revision", "count", "settings"],
		properties: {
			revision: ref("desiredRevision"),
			count: ref("sectionCount"),
			settings: ref(`Settings${capital(section)}`),
		},
	};
}

function reported(section: SectionName): object {
	return {
		type: "object",
		description: "A section of the settings in force.",
		additionalProperties: false,
		required: ["node", "serial", "life", "revision", "status", "settings", "uptime_ms"],
		properties: {
			node: ref("ownNode"),
			serial: ref("ownSerial"),
			life: ref("life"),
			revision: ref("reportedRevision"),
			status: ref("settingsStatus"),
			settings: ref(`Reported${capital(section)}`),
			rejected: ref("settingsRejection"),
			time: ref("time"),
			uptime_ms: ref("uptime_ms"),
		},
	};
}

function ref(name: string): { readonly $ref: string } {
	return { $ref: `#/components/schemas/${name}` };
}

function propertiesOf(settings: readonly Setting[]): Record<string, object> {
	return Object.fromEntries(settings.map((setting) => [setting.name, schemaOf(setting)]));
}

/** The schema of one setting, as it is in a message. */
function schemaOf({ kind, initial, meaning, secret }: Setting): Schema {
	const description = sentenceOf(meaning, "en") + noteOf(kind);
	const shape = { ...shapeOf(kind), default: initial, description };
	return secret ? { ...shape, writeOnly: true } : shape;
}

/** Unit and step: `multipleOf` 0.1 would refuse 0.3, which is no exact multiple in binary. */
function noteOf(kind: Kind): string {
	if (kind.type !== "number") return "";
	const unit = kind.unit === "" ? "" : ` Unit: ${kind.unit}.`;
	return kind.step === 1 ? unit : `${unit} In steps of ${kind.step}.`;
}

/** The form of a value. */
export function shapeOf(kind: Kind): Schema {
	switch (kind.type) {
		case "number": {
			const type = kind.step === 1 ? "integer" : "number";
			return { type, minimum: kind.min, maximum: kind.max };
		}
		case "boolean":
			return { type: "boolean" };
		case "choice":
			return { enum: kind.choices };
		case "text":
			return textShape(kind);
		default:
			return { type: "string", maxLength: kind.max, pattern: "^[ -~]*$" };
	}
}

function textShape({ alphabet, min, max }: TextKind): Schema {
	const pattern = `^(${PATTERNS[alphabet]})${min === 0 ? "?" : ""}$`;
	const shape = { type: "string", minLength: min, maxLength: max, pattern };
	return alphabet === "name" ? { ...shape, not: { enum: RESERVED } } : shape;
}
