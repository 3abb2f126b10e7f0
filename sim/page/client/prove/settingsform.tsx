/**
 * Settings form: the settings that a lamp reported, as a form from the firmware's table; a changed
 * program shows its forecast before it is sent.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LampReply, SettingRow, SettingsPage, SettingsSent } from "../../messages.js";
import { ask, read } from "../state/requests.js";
import { useSpeech } from "../state/street.js";
import { type Forecast, ForecastView } from "./nightahead.js";

type Value = string | number | boolean;
/** Sections that a person at the page has reason to change; names and broker are not among them. */
const SECTIONS = ["light", "calendar", "sensing", "power"];
/** Wait for the lamp's report of its new settings, ms. */
const LOOK = 1_500;

export function SettingsForm({ lamp }: { readonly lamp: number }): JSX.Element {
	const speech = useSpeech();
	const [page, setPage] = useState<SettingsPage>();
	const [changed, setChanged] = useState<Readonly<Record<string, Value>>>({});
	const [find, setFind] = useState("");
	const [said, setSaid] = useState("");
	const [forecast, setForecast] = useState<Forecast | string>();
	useEffect(() => {
		let isOver = false;
		const load = () =>
			void read<SettingsPage>(`/settings?lamp=${lamp}`).then((fresh) => {
				if (!isOver && fresh) setPage(fresh);
			});
		load();
		const timer = setInterval(load, LOOK);
		return () => {
			isOver = true;
			clearInterval(timer);
		};
	}, [lamp]);
	const program = changed.program;
	useEffect(() => {
		if (typeof program !== "string") {
			setForecast(undefined);
			return undefined;
		}
		const timer = setTimeout(() => {
			void ask<LampReply & { why?: string }>("/forecast", { lamp, program }).then((told) => {
				if (!told) return;
				if (told.night) setForecast({ pieces: told.night.pieces, last: told.night });
				else setForecast(told.why ?? "");
			});
		}, 300);
		return () => clearTimeout(timer);
	}, [program, lamp]);
	if (!page) return <p class="hint">{speech.say("asking")}</p>;
	const { language } = speech;
	const rows = page.rows.filter(
		({ section, name, meaning }) =>
			SECTIONS.includes(section) &&
			`${name} ${meaning[language]}`.toLowerCase().includes(find.toLowerCase()),
	);
	const send = async (event: Event) => {
		event.preventDefault();
		if (Object.keys(changed).length === 0) {
			setSaid(speech.say("settingsNone"));
			return;
		}
		const sent = await ask<SettingsSent>("/settings", { lamp, values: changed });
		setSaid(
			!sent
				? speech.say("noAnswer")
				: "why" in sent
					? speech.say("settingsRejected", { why: sent.why })
					: speech.say("settingsSent", { revision: sent.revision }),
		);
		if (sent && !("why" in sent)) setChanged({});
	};
	const known = Object.keys(page.values).length > 0;
	return (
		<form class="settings" onSubmit={(event) => void send(event)}>
			<p class="how">{speech.say(known ? "settingsNote" : "settingsUnknown", { lamp })}</p>
			<div class="row">
				<label class="field">
					<span>{speech.say("settingsFind")}</span>
					<input type="search" onInput={({ currentTarget }) => setFind(currentTarget.value)} />
				</label>
				<button type="submit" class="main">
					{speech.say("settingsSend")}
				</button>
				<p role="status">
					{said ||
						(page.revision !== null && speech.say("settingsActive", { revision: page.revision }))}
				</p>
			</div>
			{typeof forecast === "string" && forecast && <p class="warning">! {forecast}</p>}
			{typeof forecast === "object" && (
				<section aria-label={speech.say("forecastOf")}>
					<h3>{speech.say("forecastOf")}</h3>
					<ForecastView lamp={lamp} told={forecast} done={undefined} />
				</section>
			)}
			<table>
				<thead>
					<tr>
						<th scope="col">{speech.say("setting")}</th>
						<th scope="col">{speech.say("value")}</th>
						<th scope="col">{speech.say("range")}</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={row.name} data-changed={row.name in changed}>
							<th scope="row">
								<code>{row.name}</code>
								<span class="how">{row.meaning[language]}</span>
							</th>
							<td>
								<SettingInput
									row={row}
									value={changed[row.name] ?? page.values[row.name] ?? row.initial}
									onValue={(value) => setChanged({ ...changed, [row.name]: value })}
								/>
							</td>
							<td class="how">{row.range[language]}</td>
						</tr>
					))}
				</tbody>
			</table>
		</form>
	);
}

interface InputProps {
	readonly row: SettingRow;
	readonly value: Value;
	readonly onValue: (value: Value) => void;
}

function SettingInput({ row, value, onValue }: InputProps): JSX.Element {
	const { name, kind, choices } = row;
	if (kind === "boolean")
		return (
			<input
				type="checkbox"
				aria-label={name}
				checked={value === true}
				onChange={({ currentTarget }) => onValue(currentTarget.checked)}
			/>
		);
	if (kind === "choice")
		return (
			<select
				aria-label={name}
				value={String(value)}
				onChange={({ currentTarget }) => onValue(currentTarget.value)}
			>
				{choices.map((choice) => (
					<option key={choice}>{choice}</option>
				))}
			</select>
		);
	if (kind === "number")
		return (
			<input
				type="number"
				aria-label={name}
				step="any"
				value={String(value)}
				onInput={({ currentTarget }) => {
					if (Number.isFinite(currentTarget.valueAsNumber)) onValue(currentTarget.valueAsNumber);
				}}
			/>
		);
	return (
		<textarea
			aria-label={name}
			rows={name.startsWith("program") ? 3 : 1}
			value={String(value)}
			onInput={({ currentTarget }) => onValue(currentTarget.value)}
		/>
	);
}
