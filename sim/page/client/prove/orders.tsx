/**
 * Orders: the contract's orders as forms, sent to a lamp, a group or all, and a summary of what the
 * lamps answer. An order of the contract appears here by itself.
 */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { FormField, LampGroup, OrderAnswer, OrderForm, OrderTarget } from "../../messages.js";
import { localOf, utcOf } from "../state/localtime.js";
import { ask } from "../state/requests.js";
import { model, useModel, useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";
import { sayRefusal } from "./why.js";

/** An order that lasts is over after this long, unless another end is given: ms. */
const USUAL_SPAN = 30 * 60_000;

const TYPES = {
	boolean: "checkbox",
	number: "number",
	instant: "datetime-local",
	text: "text",
} as const;

type Answers = readonly OrderAnswer[] | "asking" | "noAnswer" | "noGroup";

export function Orders({ lamp }: { readonly lamp: number }): JSX.Element {
	const speech = useSpeech();
	const forms = useModel(({ welcome }) => welcome?.orders) ?? [];
	const groups = useModel((all) => all.groups);
	const [to, setTo] = useState<OrderTarget>("lamp");
	const [name, setName] = useState("");
	const [answers, setAnswers] = useState<Answers>();
	const form = useRef<HTMLFormElement>(null);
	const offered = forms.filter((orderForm) => orderForm.to === to);
	const chosen = offered.find((orderForm) => orderForm.name === name) ?? offered[0];
	const targets = (["lamp", "group", "all"] as const).filter(
		(target) => target !== "group" || groups.length > 0,
	);
	const change = (act: () => void) => {
		setAnswers(undefined);
		act();
	};
	const send = async (event: Event) => {
		event.preventDefault();
		const filled = filledIn(form.current!, speech.zone);
		if (to === "group" && filled.groups.length === 0) {
			setAnswers("noGroup");
			return;
		}
		const order = { lamp, to, name: chosen?.name, groups: filled.groups, fields: filled.fields };
		setAnswers("asking");
		setAnswers((await ask("/order", order)) ?? "noAnswer");
	};
	return (
		<div class="two">
			<form class="ordering" ref={form} onSubmit={(event) => void send(event)}>
				<label class="field">
					<span>{speech.say("to")}</span>
					<select
						id="to"
						value={to}
						onChange={({ currentTarget }) =>
							change(() => setTo(currentTarget.value as OrderTarget))
						}
					>
						{targets.map((target) => (
							<option value={target} key={target}>
								{speech.say(`to.${target}`, { lamp: speech.say("lamp", { lamp }) })}
							</option>
						))}
					</select>
				</label>
				{to === "group" && <Groups groups={groups} />}
				<label class="field">
					<span>{speech.say("what")}</span>
					<select
						id="what"
						value={chosen?.name ?? ""}
						onChange={({ currentTarget }) => change(() => setName(currentTarget.value))}
					>
						{offered.map((orderForm) => (
							<option value={orderForm.name} key={orderForm.name}>
								{speech.known(`order.${orderForm.name}`) ?? orderForm.name}
							</option>
						))}
					</select>
				</label>
				{chosen && <Fields key={`${to} ${chosen.name}`} form={chosen} />}
				<button type="submit" class="main">
					{speech.say("send")}
				</button>
			</form>
			<div class="answer" role="status">
				{answers !== undefined && <Answer answers={answers} speech={speech} />}
			</div>
		</div>
	);
}

/** Groups of the street, each with its lamps; the order goes to those that are chosen. */
function Groups({ groups }: { readonly groups: readonly LampGroup[] }): JSX.Element {
	const speech = useSpeech();
	return (
		<fieldset class="many">
			<legend>{speech.say("field.toGroup")}</legend>
			{groups.map(({ name, lamps }, n) => (
				<label class="field check" key={name}>
					<span>{speech.say("group.of", { name, lamps: stretchesOf(lamps) })}</span>
					<input type="checkbox" data-group={name} defaultChecked={n === 0} />
				</label>
			))}
		</fieldset>
	);
}

/** Numbers of lamps in as few words as they need: `1-6, 9`. */
function stretchesOf(lamps: readonly number[]): string {
	const stretches: [number, number][] = [];
	for (const lamp of lamps) {
		const last = stretches.at(-1);
		if (last?.[1] === lamp - 1) last[1] = lamp;
		else stretches.push([lamp, lamp]);
	}
	return stretches.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(", ");
}

function Fields({ form }: { readonly form: OrderForm }): JSX.Element {
	const speech = useSpeech();
	return (
		<>
			{form.fields.map((field) => (
				<Field key={field.name} field={field} speech={speech} />
			))}
		</>
	);
}

function Field(props: { readonly field: FormField; readonly speech: Speech }): JSX.Element {
	const { field, speech } = props;
	const { name, kind, required, whole, min, max } = field;
	if (kind === "choice") return <Choice field={field} speech={speech} />;
	const type = TYPES[kind] as "text"; // the types of Preact know each kind of input apart
	const initial =
		kind === "instant" && required
			? localOf((model.update?.utc ?? 0) + USUAL_SPAN, speech.zone)
			: undefined;
	return (
		<label class={`field${kind === "boolean" ? " check" : ""}`}>
			<span>{speech.known(`field.${name}`) ?? name}</span>
			<input
				name={name}
				required={required}
				data-kind={kind}
				type={type}
				step={kind === "number" ? (whole ? 1 : "any") : undefined}
				min={min}
				max={max}
				defaultValue={initial}
				autocomplete="off"
			/>
		</label>
	);
}

function Choice({ field, speech }: { readonly field: FormField; readonly speech: Speech }) {
	const { name, required, choices = [] } = field;
	return (
		<label class="field">
			<span>{speech.known(`field.${name}`) ?? name}</span>
			<select name={name} required={required}>
				{!required && <option value="" />}
				{choices.map((choice) => (
					<option key={choice} value={choice}>
						{speech.known(`${name}.${choice}`) ?? choice}
					</option>
				))}
			</select>
		</label>
	);
}

function filledIn(form: HTMLFormElement, zone: string) {
	const fields: Record<string, unknown> = {};
	const chosen = [...form.querySelectorAll<HTMLInputElement>("input[data-group]:checked")];
	const groups = chosen.map(({ dataset }) => dataset.group ?? "");
	for (const input of form.querySelectorAll<HTMLInputElement>("input[name], select[name]")) {
		const { name, type, value, checked } = input;
		if (type === "checkbox") {
			if (checked) fields[name] = true;
		} else if (value !== "")
			fields[name] =
				type === "number" ? Number(value) : type === "datetime-local" ? utcOf(value, zone) : value;
	}
	return { groups, fields };
}

/** One sentence for many answers; of one lamp its answer in words. */
function Answer({ answers, speech }: { readonly answers: Answers; readonly speech: Speech }) {
	if (typeof answers === "string") return <p class="hint">{speech.say(answers)}</p>;
	const refused = answers.filter(({ reply }) => reply.status === "rejected");
	if (answers.length === 1) return <One answer={answers[0]!} speech={speech} />;
	const fill = { accepted: answers.length - refused.length, refused: refused.length };
	return (
		<>
			<p>{speech.say("answers.many", fill)}</p>
			{refused.length > 0 && (
				<ul>
					{refused.slice(0, 20).map((answer) => (
						<li key={answer.lamp}>{sayStatus(answer, speech)}</li>
					))}
				</ul>
			)}
		</>
	);
}

function One({ answer, speech }: { readonly answer: OrderAnswer; readonly speech: Speech }) {
	const { events, chain, pieces } = answer.reply;
	return (
		<>
			<p>{sayStatus(answer, speech)}</p>
			{Array.isArray(chain) && (
				<ol class="reasons">
					{chain.map((link, n) => (
						<li key={String(n)}>{speech.sentence(link)}</li>
					))}
				</ol>
			)}
			{Array.isArray(events) && (
				<ul>
					{events.map(({ type, time, startEndFlag }, n) => (
						<li key={String(n)}>
							{typeof time === "string" ? `${speech.moment(Date.parse(time))} ` : ""}
							{speech.known(`event.${type}`) ?? speech.say("event.unknown")}
							{startEndFlag ? `, ${speech.known(`flag.${startEndFlag}`)}` : ""}
						</li>
					))}
				</ul>
			)}
			{Array.isArray(pieces) && (
				<ul>
					{pieces.map(({ from, level }, n) => (
						<li key={String(n)}>
							{speech.time(Date.parse(from))} {speech.percent(level)}
						</li>
					))}
				</ul>
			)}
		</>
	);
}

function sayStatus({ lamp, reply }: OrderAnswer, speech: Speech): string {
	const { status, reason, field } = reply;
	const name =
		typeof field === "string" ? (speech.known(`field.${field}`) ?? speech.say("answer.field")) : "";
	const why = sayRefusal(typeof reason === "string" ? reason : undefined, speech);
	const parts = { lamp, why: name ? `${name} ${why}` : why };
	return speech.known(`answer.${String(status)}`, parts) ?? speech.say("answer.done", parts);
}
