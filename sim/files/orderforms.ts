/**
 * Order forms: orders and fields that an operator may send to each target, from the contract's
 * document.
 *
 * Nothing of it is written by hand: an order added to the contract is on the page at the next
 * start.
 */
import { nameOf, readContract, type Schema, schemasOf } from "../../lib/firmware/contractdoc.js";
import type { FormField, OrderForm, OrderTarget } from "../page/messages.js";

/**
 * Channels of the document by which an operator reaches each target; emergencies have topics of
 * their own.
 */
const CHANNELS: readonly (readonly [channel: string, to: OrderTarget, suffix: string])[] = [
	["command", "lamp", "command"],
	["emergency", "lamp", "emergency"],
	["groupCommand", "group", "command"],
	["groupEmergency", "group", "emergency"],
	["allCommand", "all", "command"],
	["allEmergency", "all", "emergency"],
];
/** Fields that the server fills in. */
const ENVELOPE: readonly string[] = ["id", "command", "issued", "validFor"];
/** Without effect for one lamp. */
const OF_MANY = "spread_s";
/** A deliberate confirmation, so a person gives it; every other constant is filled in. */
const CONFIRMATION = "commandConfirmation";

export function readForms(): readonly OrderForm[] {
	const document = readContract();
	const { schemas } = document.components;
	const resolved = (schema: Schema): Schema =>
		schema.$ref === undefined ? schema : schemas[nameOf({ $ref: schema.$ref })]!;

	function formOf(name: string, to: OrderTarget, suffix: string): OrderForm {
		const { properties = {}, required = [] } = schemas[name]!;
		const fields: FormField[] = [];
		const fixed: Record<string, unknown> = {};
		for (const [field, written] of Object.entries(properties)) {
			if (ENVELOPE.includes(field) || (to === "lamp" && field === OF_MANY)) continue;
			const schema = resolved(written);
			const isRequired = required.includes(field);
			if (schema.const !== undefined && field !== CONFIRMATION) {
				if (isRequired) fixed[field] = schema.const;
			} else fields.push(fieldOf(field, schema, isRequired));
		}
		return { name, command: String(properties.command!.const), to, suffix, fields, fixed };
	}
	return CHANNELS.flatMap(([channel, to, suffix]) =>
		schemasOf(document, channel).map((name) => formOf(name, to, suffix)),
	);
}

function fieldOf(name: string, schema: Schema, required: boolean): FormField {
	const { type, format, minimum, maximum } = schema;
	if (schema.enum) return { name, required, kind: "choice", choices: schema.enum.map(String) };
	const limits = {
		...(minimum === undefined ? {} : { min: minimum }),
		...(maximum === undefined ? {} : { max: maximum }),
	};
	if (type === "number" || type === "integer")
		return { name, required, kind: "number", whole: type === "integer", ...limits };
	if (type === "boolean" || name === CONFIRMATION) return { name, required, kind: "boolean" };
	return { name, required, kind: format === "date-time" ? "instant" : "text" };
}
