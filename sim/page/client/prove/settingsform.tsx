/**
 * Settings form: the settings that a lamp reported, as a form from the firmware's table; a changed
 * program shows its forecast before it is sent.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { rowsWith, SettingsTable, type SettingValue } from "../../../../lib/page/settingstable.js";
import type { SettingsPage } from "../../messages.js";
import { ask, read } from "../state/requests.js";
import { useSpeech } from "../state/street.js";
import { type Forecast, ForecastView } from "./nightahead.js";

/** Sections that a person at the page has reason to change; names and broker are not among them. */
const SECTIONS = ["light", "calendar", "sensing", "power"];
/** Wait for the lamp's report of its new settings, ms. */
const LOOK = 1_500;

export function SettingsForm({ lamp }: { readonly lamp: number }): JSX.Element {
	const speech = useSpeech();
	const [page, setPage] = useState<SettingsPage>();
	const [changed, setChanged] = useState<Readonly<Record<string, SettingValue>>>({});
	const [find, setFind] = useState("");
	const [message, setMessage] = useState("");
	const [forecast, setForecast] = useState<Forecast | string>();
	useEffect(() => {
		let isOver = false;
		const load = () =>
			void read("/settings", { lamp }).then((fresh) => {
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
			void ask("/forecast", { lamp, program }).then((answer) => {
				if (!answer) return;
				if (answer.night) setForecast({ pieces: answer.night.pieces, last: answer.night });
				else setForecast(answer.why ?? "");
			});
		}, 300);
		return () => clearTimeout(timer);
	}, [program, lamp]);
	if (!page) return <p class="hint">{speech.say("asking")}</p>;
	const { language } = speech;
	const sectionRows = page.rows.filter(({ section }) => SECTIONS.includes(section));
	const rows = rowsWith(sectionRows, find, language);
	const send = async (event: Event) => {
		event.preventDefault();
		if (Object.keys(changed).length === 0) {
			setMessage(speech.say("settingsNone"));
			return;
		}
		const sent = await ask("/settings", { lamp, values: changed });
		setMessage(
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
					{message ||
						(page.revision !== null && speech.say("settingsActive", { revision: page.revision }))}
				</p>
			</div>
			{typeof forecast === "string" && forecast && <p class="warning">! {forecast}</p>}
			{typeof forecast === "object" && (
				<section aria-label={speech.say("forecastOf")}>
					<h3>{speech.say("forecastOf")}</h3>
					<ForecastView lamp={lamp} forecast={forecast} done={undefined} />
				</section>
			)}
			<SettingsTable
				rows={rows}
				changed={changed}
				language={language}
				values={page.values}
				titles={[speech.say("setting"), speech.say("value"), speech.say("range")]}
				onValue={(name, value) => setChanged({ ...changed, [name]: value })}
			/>
		</form>
	);
}
