/**
 * Record view: saves the lamp's flight recorder, once or each minute while it is connected.
 *
 * A recording holds who passed when: its times are cut to the minute unless the technician decides
 * otherwise.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { blurred, KEPT_DAYS } from "../../../lib/recording/recording.js";
import { fileOf, textOf } from "../../../lib/recording/recordingfile.js";
import { LISTED_EACH, Saver } from "../../laptop/record/saver.js";
import type { Desk } from "./desk.js";
import { pickerOf, save, saveIn } from "./files.js";
import type { Lamp } from "./lamp.js";
import { say } from "./words.js";

export function RecordView({ desk }: { readonly desk: Desk }): JSX.Element {
	const { language, lamp, isOpen, run } = desk;
	const [isExact, setExact] = useState(false);
	const [isOn, setOn] = useState(false);
	const [counts, setCounts] = useState<Saver["counts"]>();
	const saver = useRef<Saver>(undefined);
	const put = useRef<(text: string) => Promise<void>>(undefined);
	const [saved, setSaved] = useState("");
	const file = useRef("");
	const exact = useRef(isExact);
	exact.current = isExact;
	const text = () => {
		const { recording } = saver.current!;
		return textOf(exact.current ? recording : blurred(recording));
	};
	const list = async (connected: Lamp) => {
		saver.current ??= new Saver(Date.now);
		await saver.current.list(connected.talk);
		setCounts(saver.current.counts);
		await put.current?.(text());
	};
	useEffect(() => {
		if (!isOn || !lamp || !isOpen) return undefined;
		const timer = setInterval(() => run(() => list(lamp)), LISTED_EACH);
		return () => clearInterval(timer);
	}, [isOn, lamp, isOpen]);
	const begin = () =>
		run(async () => {
			const picker = pickerOf(window);
			const suggestedName = fileOf(lamp!.talk.node ?? "lamp", Date.now());
			const place = picker && (await picker({ suggestedName }).catch(() => undefined));
			file.current = place?.name ?? suggestedName;
			setSaved("");
			saver.current = undefined;
			put.current = place && ((content) => saveIn(place, content));
			await list(lamp!);
			setOn(true);
		});
	const end = () => {
		setOn(false);
		if (!put.current) save(file.current, text());
		setSaved(file.current);
	};
	return (
		<section aria-label={say(language, "recording")}>
			<h2>{say(language, "recording")}</h2>
			<p class="how">{say(language, "recordingNote", KEPT_DAYS)}</p>
			<label class="row box">
				<input
					type="checkbox"
					name="exact"
					checked={isExact}
					onChange={({ currentTarget }) => setExact(currentTarget.checked)}
				/>{" "}
				{say(language, "recordingExact")}
			</label>
			<div class="row">
				{isOn ? (
					<button type="button" onClick={end}>
						{say(language, "recordingEnd")}
					</button>
				) : (
					<button type="button" disabled={!lamp || !isOpen} onClick={begin}>
						{say(language, "recordingBegin")}
					</button>
				)}
				<span role="status">
					{counts && say(language, "recordingCounts", counts.inputs, counts.levels)}{" "}
					{saved && say(language, "recordingSaved", saved)}
				</span>
			</div>
		</section>
	);
}
