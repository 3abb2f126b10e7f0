/** Answers: the questions of a council besides money, each in two or three sentences with figures. */
import type { ComponentChildren, JSX } from "preact";
import { belowIn, belowKnown } from "../../../../lib/lightingoptions/knownoptions.js";
import { FLOOR, MIXED_FROM, optionOf } from "../../../../lib/lightingoptions/options.js";
import { passagesOut } from "../../../../lib/lightingoptions/traffic.js";
import { Icon } from "../parts/icons.js";
import { startScenario } from "../state/run.js";
import { useModel, useSpeech } from "../state/street.js";
import type { WordOf } from "../words.js";
import { verdictOf } from "./compared.js";
import { moves, spanOf, three } from "./figuretext.js";
import { belowTexts } from "./optiontable.js";
import { decisionCommand } from "./reportlink.js";
import { Tonight } from "./tonight.js";
import { type Decided, yearOf } from "./year.js";

interface AnswersProps extends Decided {
	/** Goes to the picture. */
	readonly onShow: () => void;
}

export function Answers({ year, inputs, onShow }: AnswersProps): JSX.Element {
	return (
		<div class="answers">
			<Off year={year} inputs={inputs} />
			<People year={year} inputs={inputs} />
			<Fails onShow={onShow} />
			<Residents />
			<Dark year={year} inputs={inputs} />
			<Sure year={year} inputs={inputs} />
			{NIGHT.map((name) => (
				<Night name={name} key={name} />
			))}
		</div>
	);
}

interface CardProps {
	readonly name: WordOf<"q">;
	readonly children: ComponentChildren;
}

function Card({ name, children }: CardProps): JSX.Element {
	const speech = useSpeech();
	return (
		<section class="card" aria-labelledby={`q-${name}`}>
			<h3 id={`q-${name}`} tabIndex={-1}>
				{speech.say(`q.${name}`)}
			</h3>
			{children}
		</section>
	);
}

function Off({ year }: Decided): JSX.Element {
	const speech = useSpeech();
	const [off, neighbours, weeknights] = ["off", "neighbours", "weeknights"].map((name) =>
		yearOf(year, name),
	) as [ReturnType<typeof yearOf>, ReturnType<typeof yearOf>, ReturnType<typeof yearOf>];
	const verdict = ({ "1": "More", "-1": "Less", "0": "Tie" } as const)[
		`${verdictOf(neighbours, off)}`
	];
	const energy = (optionYear: typeof neighbours) =>
		`${three(optionYear.energy_kWh.mid, speech, "kWh")} (${spanOf(optionYear.energy_kWh, speech)})`;
	const mixed = yearOf(year, "mixed");
	return (
		<Card name="off">
			<p>{speech.say(`ans.off${verdict}`, { off: energy(off), own: energy(neighbours) })}</p>
			<p>
				{speech.say("ans.offPeople", {
					unlit: three(off.unlit.mid, speech),
					range: spanOf(off.unlit, speech),
					weeknights: `${three(weeknights.unlit.mid, speech)} (${spanOf(weeknights.unlit, speech)})`,
				})}
			</p>
			<p>
				{speech.say("ans.mixed", {
					from: MIXED_FROM,
					late: three(passagesOut(year.traffic), speech),
					option: optionOf(mixed.as ?? "neighbours").title[speech.language],
				})}
			</p>
		</Card>
	);
}

function People({ year }: Decided): JSX.Element {
	const speech = useSpeech();
	const unlitOf = (name: string) => {
		const { unlit } = yearOf(year, name);
		return `${three(unlit.mid, speech)} (${spanOf(unlit, speech)})`;
	};
	const share = (name: "profile" | "presence" | "neighbours" | "hourly") => {
		const [figure, span] = belowTexts(belowIn(yearOf(year, name)), speech);
		return span === undefined ? figure : `${figure} (${span})`;
	};
	return (
		<Card name="people">
			<p>
				{speech.say("ans.people", { unlit: unlitOf("off"), weeknights: unlitOf("weeknights") })}
			</p>
			<p>
				{speech.say("ans.less", {
					profile: share("profile"),
					presence: share("presence"),
					neighbours: share("neighbours"),
					hourly: share("hourly"),
					week: speech.number(belowKnown("profile").mid, 1, "%"),
				})}
			</p>
			<Tonight />
			<p class="how">{speech.say("ans.noAccident")}</p>
		</Card>
	);
}

function Fails({ onShow }: { readonly onShow: () => void }): JSX.Element {
	const speech = useSpeech();
	const scenarios = useModel(({ welcome }) => welcome?.scenarios);
	const reported = useModel(({ update, welcome }) =>
		[update?.totals.alarms ?? 0, update?.totals.online ?? 0, welcome?.lamps ?? 0].join(),
	);
	const [alarms = "", online = "", lamps = ""] = reported.split(",");
	return (
		<Card name="fails">
			<p>{speech.say("ans.fails")}</p>
			<p class="how">{speech.say("ans.failsNow", { alarms, online, lamps })}</p>
			<p class="see">
				<span>{speech.say("ans.failsSee")}</span>
				{["deadSensor", "noBroker", "storm"].map((name) => {
					const title = scenarios?.find((scenario) => scenario.name === name)?.title[
						speech.language
					];
					return (
						<button
							type="button"
							class="small"
							key={name}
							onClick={() => {
								void startScenario(name);
								onShow();
							}}
						>
							<Icon name="play" /> {title ?? name}
						</button>
					);
				})}
			</p>
		</Card>
	);
}

/** Questions about the night itself: the pages docs/night.md and docs/nuit.md say more. */
const NIGHT = ["glare", "animals", "wish", "buy"] as const;

function Night({ name }: { readonly name: (typeof NIGHT)[number] }): JSX.Element {
	const speech = useSpeech();
	return (
		<Card name={name}>
			<p>{speech.say(`ans.${name}`)}</p>
			<p>{speech.say(`ans.${name}More`)}</p>
		</Card>
	);
}

function Residents(): JSX.Element {
	const speech = useSpeech();
	return (
		<Card name="residents">
			<p>{speech.say("ans.residents")}</p>
			<p>{speech.say("ans.residentsReports")}</p>
		</Card>
	);
}

function Dark({ year }: Decided): JSX.Element {
	const speech = useSpeech();
	const off = yearOf(year, "off");
	const hours = (value: number) => speech.number(value, 0);
	return (
		<Card name="dark">
			<p>
				{speech.say("ans.dark", {
					off: hours(off.unlit_h),
					all: hours(off.dark_h),
					weeknights: hours(yearOf(year, "weeknights").unlit_h),
					floor: speech.percent(FLOOR),
				})}
			</p>
			<p>{speech.say("ans.darkMixed")}</p>
		</Card>
	);
}

function Sure({ year, inputs }: Decided): JSX.Element {
	const speech = useSpeech();
	const run = useModel(({ welcome }) => welcome?.command ?? "");
	const command = decisionCommand(inputs, run);
	const { energy_kWh } = yearOf(year, "neighbours");
	const { power = [0, 0], traffic = [0, 0], model = [0, 0] } = energy_kWh.by;
	const source = speech.say(year.isRecorded ? "ans.sureRecorded" : "ans.sureMade", {
		days: year.days,
	});
	return (
		<Card name="sure">
			<p>
				{speech.say("ans.sure", {
					option: speech.say("option.neighbours"),
					mid: three(energy_kWh.mid, speech),
					low: three(energy_kWh.low, speech),
					high: three(energy_kWh.high, speech),
					power: moves(power, speech),
					traffic: moves(traffic, speech),
					model: moves(model, speech),
				})}
			</p>
			<p>{speech.say("ans.sureCheck", { source })}</p>
			<p>
				<code>{command}</code>
			</p>
			<p class="how">{speech.say("ans.sureNot")}</p>
		</Card>
	);
}
