/**
 * Settings view: the settings form, a trial with its countdown, confirmation and return.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { SETTING_ROWS } from "../../../lib/firmware/settingrows.js";
import { rowsWith, SettingsTable, type SettingValue } from "../../../lib/page/settingstable.js";
import { Trouble } from "../../../lib/text/trouble.js";
import type { Desk } from "./desk.js";
import { say } from "./words.js";

/** ms, as the lamp has it (node/settings/candidate.ts). */
const TRIAL = 10 * 60_000;
const EMPTY = '""';

interface Props {
	readonly desk: Desk;
	readonly values: ReadonlyMap<string, string>;
}

export function SettingsView({ desk, values }: Props): JSX.Element {
	const { language, lamp, isOpen, run, change } = desk;
	const [changed, setChanged] = useState<Readonly<Record<string, SettingValue>>>({});
	const [find, setFind] = useState("");
	const [until, setUntil] = useState<number>();
	const [now, setNow] = useState(Date.now());
	const [message, setMessage] = useState("");
	useEffect(() => {
		if (until === undefined) return undefined;
		const timer = setInterval(() => {
			setNow(Date.now());
			if (Date.now() < until) return;
			setUntil(undefined);
			setMessage(say(language, "reverted"));
		}, 1000);
		return () => clearInterval(timer);
	}, [until, language]);
	const ordered = async (command: string) => {
		const { reason, text } = await lamp!.ask(command);
		if (reason !== undefined) throw new Trouble(text);
	};
	const apply = () =>
		run(async () => {
			for (const [name, value] of Object.entries(changed))
				await ordered(`set ${name} ${value === "" ? EMPTY : value}`);
			await ordered("apply");
			setChanged({});
			setMessage("");
			setNow(Date.now());
			setUntil(Date.now() + TRIAL);
			change({ values: await lamp!.settings() });
		});
	const end = (command: "confirm" | "revert", word: "confirmed" | "reverted") =>
		run(async () => {
			await ordered(command);
			setUntil(undefined);
			setMessage(say(language, word));
			change({ values: await lamp!.settings() });
		});
	const left = until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
	const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
	const canApply = lamp !== undefined && isOpen && Object.keys(changed).length > 0;
	return (
		<section aria-label={say(language, "settings")}>
			<h2>{say(language, "settings")}</h2>
			<div class="row">
				<label>
					{say(language, "find")}{" "}
					<input type="search" onInput={({ currentTarget }) => setFind(currentTarget.value)} />
				</label>
				<button type="button" disabled={!canApply} onClick={apply}>
					{say(language, "apply")}
				</button>
				{until !== undefined && (
					<>
						<button type="button" onClick={() => end("confirm", "confirmed")}>
							{say(language, "confirm")}
						</button>
						<button type="button" onClick={() => end("revert", "reverted")}>
							{say(language, "revert")}
						</button>
					</>
				)}
				<p role="status">{until === undefined ? message : say(language, "left", clock)}</p>
			</div>
			<div class="scroll">
				<SettingsTable
					rows={rowsWith(SETTING_ROWS, find, language)}
					values={Object.fromEntries(
						[...values].map(([name, text]) => [
							name,
							text === "true" ? true : text === "false" ? false : text,
						]),
					)}
					changed={changed}
					language={language}
					titles={[say(language, "setting"), say(language, "value"), say(language, "range")]}
					onValue={(name, value) => setChanged({ ...changed, [name]: value })}
				/>
			</div>
		</section>
	);
}
