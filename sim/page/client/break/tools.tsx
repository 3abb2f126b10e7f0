/** Tools: faults for the chosen lamp and for the street, and road users to put down. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/icons.js";
import { ask } from "../state/requests.js";
import { useModel, useSpeech } from "../state/street.js";
import type { WordOf } from "../words.js";

export interface Putting {
	readonly kind: "pedestrian" | "bicycle" | "car";
	readonly direction: 1 | -1;
}

/** Faults of a lamp, in groups, in the order in which a developer looks for them. */
type Group = readonly [title: WordOf<"group">, faults: readonly WordOf<"fault">[]];
const ON_LAMP: readonly Group[] = [
	["presence", ["pirDead", "pirStuckOn", "pirNoisy"]],
	["light", ["luxDark", "luxStuck", "luxDead", "foreignLight"]],
	["lamp", ["lampDead", "dayBurner", "driverStuck"]],
	["supply", ["powerCut", "networkLost", "clockWrong", "clockLost"]],
];
const ON_STREET: readonly Group[] = [
	["supply", ["brokerLost", "clockLost", "powerCut"]],
	["sky", ["cloud", "fog"]],
];
const CROWD = 24;

interface ToolsProps {
	readonly chosen: number | undefined;
	readonly putting: Putting | undefined;
	readonly onPutting: (putting: Putting | undefined) => void;
}

export function Tools({ chosen, putting, onPutting }: ToolsProps): JSX.Element {
	const speech = useSpeech();
	const known = useModel(({ welcome }) => welcome?.faults);
	const begin = (name: string, lamp?: number) =>
		void ask("/fault", { name, ...(lamp === undefined ? {} : { lamp }) });
	const group = ([title, names]: Group, lamp: number | undefined, isOff: boolean) => (
		<fieldset key={title} disabled={isOff}>
			<legend>{speech.say(`group.${title}`)}</legend>
			{names
				.filter((name) => known?.some((faultForm) => faultForm.name === name) ?? true)
				.map((name) => (
					<button type="button" key={name} onClick={() => begin(name, lamp)}>
						{speech.say(`fault.${name}`)}
					</button>
				))}
		</fieldset>
	);
	const onLamp =
		chosen === undefined ? speech.say("onSome") : speech.say("onLamp", { lamp: chosen });
	return (
		<>
			<section class="tools" aria-label={speech.say("people")}>
				<h2>{speech.say("people")}</h2>
				<People chosen={chosen} putting={putting} onPutting={onPutting} />
			</section>
			<section class="tools" aria-label={onLamp}>
				<h2>{onLamp}</h2>
				{chosen === undefined && <p class="hint">{speech.say("chooseLamp")}</p>}
				<div class="groups">
					{ON_LAMP.map((toolGroup) => group(toolGroup, chosen, chosen === undefined))}
				</div>
			</section>
			<section class="tools" aria-label={speech.say("onStreet")}>
				<h2>{speech.say("onStreet")}</h2>
				<div class="groups">{ON_STREET.map((toolGroup) => group(toolGroup, undefined, false))}</div>
			</section>
		</>
	);
}

function People({ chosen, putting, onPutting }: ToolsProps): JSX.Element {
	const speech = useSpeech();
	const spacing = useModel(({ welcome }) => welcome?.spacing_m ?? 30);
	const [direction, setDirection] = useState<1 | -1>(1);
	const choose = (kind: Putting["kind"]) =>
		onPutting(putting?.kind === kind ? undefined : { kind, direction });
	const turn = (to: 1 | -1) => {
		setDirection(to);
		if (putting) onPutting({ ...putting, direction: to });
	};
	return (
		<>
			<p class="how">{speech.say("people.how")}</p>
			<div class="row">
				{(["pedestrian", "bicycle", "car"] as const).map((kind) => (
					<button
						type="button"
						key={kind}
						aria-pressed={putting?.kind === kind}
						onClick={() => choose(kind)}
					>
						<Icon name={kind} /> {speech.say(kind)}
					</button>
				))}
				<fieldset class="choice">
					<legend class="unseen">{speech.say("direction")}</legend>
					{([-1, 1] as const).map((side) => (
						<label key={side}>
							<input
								type="radio"
								name="direction"
								checked={direction === side}
								onChange={() => turn(side)}
								aria-label={speech.say(side > 0 ? "towardsRight" : "towardsLeft")}
							/>
							<span aria-hidden="true">{side > 0 ? "→" : "←"}</span>
						</label>
					))}
				</fieldset>
				<button type="button" onClick={() => void ask("/crowd", { count: CROWD })}>
					<Icon name="presence" /> {speech.say("crowd")}
				</button>
				{putting && chosen !== undefined && (
					<button
						type="button"
						onClick={() => void ask("/person", { ...putting, x_m: (chosen - 1) * spacing })}
					>
						{speech.say("people.put", { lamp: chosen })}
					</button>
				)}
			</div>
		</>
	);
}
