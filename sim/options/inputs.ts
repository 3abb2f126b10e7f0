/**
 * Inputs: orders, messages, offers of images and typed lines for the lamps of a run, from a text: `KIND@TIME[/LAMP]:TEXT`.
 *
 * `order@2h/3:{"command":"override","level":60}` gives lamp 3 an order two hours after the run began,
 * with an id and its time of issue; `type@3h/1:status` types a line at lamp 1's serial line. Without a
 * lamp it goes to all of them. `"+30m"` stands for the instant 30 minutes later.
 */
import { msOfSpan, SPAN } from "../../lib/spans.js";
import { faultOfSetting } from "./settingvalue.js";

const INPUT_KINDS = {
	order: "an order of the CMS: a JSON object with `command`; `id` and `issued` are added",
	raw: "bytes to a topic: its suffix or, behind a /, the whole of it; a blank, the payload as it is",
	retained: "the same, kept by the broker: settings/desired/light {...}",
	message: "a whole topic, a blank, the payload, nothing added: what was sent at the page",
	retainedMessage: "the same, kept by the broker",
	type: "a line at the lamp's serial line",
	offer: 'an image of --image: its name, and further fields: whole.bin {"spread":0}',
} as const;
type InputKind = keyof typeof INPUT_KINDS;

export interface PlannedInput {
	readonly kind: InputKind;
	/** Virtual ms. */
	readonly at: number;
	/** From 1; undefined: all lamps. */
	readonly lamp: number | undefined;
	readonly text: string;
}

/** One setting of every lamp: `light.hold=20`. */
export interface PlannedSetting {
	readonly section: string;
	readonly name: string;
	readonly value: string | number | boolean;
}

const INPUT = new RegExp(String.raw`^(\w+)@(${SPAN})(?:/(\d{1,6}))?:([\s\S]*)$`);
const SETTING = /^([a-z]+)\.(\w+)=([\s\S]*)$/;

/** Parses one; an invalid text returns one line with the reason. */
export function readInput(text: string, lamps: number): PlannedInput | string {
	const [, kind = "", span = "", place, content = ""] = INPUT.exec(text) ?? [];
	const at = msOfSpan(span);
	const kinds = Object.keys(INPUT_KINDS).join(", ");
	if (at === undefined || !Object.hasOwn(INPUT_KINDS, kind))
		return `--input ${text}: not like type@2h/1:status; kinds are ${kinds}`;
	const lamp = place === undefined ? undefined : Number(place);
	if (lamp !== undefined && !(lamp >= 1 && lamp <= lamps))
		return `--input ${text}: there are lamps 1 to ${lamps}`;
	return { kind: kind as InputKind, at, lamp, text: content };
}

/** Parses `WIDTH,HEIGHT` in metres; the street's classes are among its settings. */
export function readField(
	text: string,
	set: readonly PlannedSetting[],
): readonly [width_m: number, height_m: number] | string {
	const [, width, height] = /^(\d{1,2}(?:\.\d)?),(\d{1,2}(?:\.\d)?)$/.exec(text) ?? [];
	const size = [Number(width), Number(height)] as const;
	if (!(size[0] >= 1 && size[1] >= 2)) return `--field ${text}: not like 6,8 (width, height in m)`;
	const isDesigned = ["fullClass", "installedMean"].every((wanted) =>
		set.some(({ name }) => name === wanted),
	);
	return isDesigned
		? size
		: "--field: needs --set light.fullClass=P4 and --set light.installedMean=10, or the like";
}

/** Parses `section.name=value`; a value that is JSON is taken as such, else as text. */
export function readSetting(text: string): PlannedSetting | string {
	const [, section, name, valueText] = SETTING.exec(text) ?? [];
	if (section === undefined) return `--set ${text}: not like light.hold=20 (docs/settings.md)`;
	const value = settingValueOf(valueText!);
	const fault = faultOfSetting(section, name!, value);
	return fault === undefined ? { section, name: name!, value } : `--set ${text}: ${fault}`;
}

function settingValueOf(text: string): string | number | boolean {
	if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
	return text === "true" ? true : text === "false" ? false : text;
}
