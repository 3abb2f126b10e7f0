/**
 * Import view: opens a town from a file. A person names its columns, the page says what was read,
 * and the town opens.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "../../sim/page/client/state/requests.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { LED_SHARE, ROAD_FROM, VEHICLES_DAY, WALKERS_DAY } from "../reading/assumptions.js";
import { fileText } from "../reading/filetext.js";
import {
	FIELDS,
	type Field,
	type Mapping,
	SYSTEMS,
	type SystemName,
	systemTitle,
} from "../reading/mapping.js";
import type { ReadAnswer, ReadOrder, ShippedOrder } from "../townmessages.js";
import { Sentences } from "./accountview.js";
import { textOfFile } from "./foreignfile.js";
import { town } from "./usetown.js";

/** The server says of a file that holds no text that it is none. */
const NO_TEXT = { text: "\0", isLatin: false } as const;

type Stage = "" | "reading" | "starting" | "failed";

/** Of a file of lights, by its ending. */
export const ACCEPTED = ".csv,.txt,.tsv,.json,.geojson,.gpkg,.zip,.xlsx";

interface ImportProps {
	/** It has been chosen already. */
	readonly file: File | undefined;
	/** Back to the town. */
	readonly onClose: () => void;
}

export function ImportView({ file: brought, onClose }: ImportProps): JSX.Element {
	const speech = useSpeech();
	const [order, setOrder] = useState<ReadOrder>();
	const [answer, setAnswer] = useState<ReadAnswer>();
	const [stage, setStage] = useState<Stage>("");
	const read = async (next: ReadOrder) => {
		setOrder(next);
		setStage("reading");
		const given = await ask("/town/read", next);
		setAnswer(given);
		setStage(given ? "" : "failed");
	};
	const start = async (wanted: ReadOrder) => {
		setStage("starting");
		if (!(await ask("/town/start", wanted))) {
			setStage("failed");
			return;
		}
		await town.reload();
		onClose();
	};
	const onFile = async (file: File | undefined) => {
		if (!file) return;
		const { name } = file;
		setOrder(undefined);
		setStage("reading");
		const bytes = await file
			.arrayBuffer()
			.then((buffer) => textOfFile(new Uint8Array(buffer)))
			.catch(() => undefined); // the server has ended, or the file is gone
		if (!bytes) setStage("failed");
		else if ("key" in bytes) {
			setOrder({ name, text: "", isLatin: false });
			setAnswer({
				read: [bytes],
				isTown: false,
				columns: [],
				sample: [],
				mapping: { columns: {} },
			});
			setStage("");
		} else {
			const { text, isLatin } = fileText(bytes) ?? NO_TEXT;
			await read({ name, text, isLatin });
		}
	};
	useEffect(() => void onFile(brought), [brought]);
	return (
		<section class="import" aria-labelledby="import">
			<h2 id="import">{speech.say("town.importTitle")}</h2>
			<p>{speech.say("town.importLead")}</p>
			<div class="row">
				<label class="field">
					<span>{speech.say("town.file")}</span>
					<input
						type="file"
						accept={ACCEPTED}
						onChange={({ currentTarget }) => void onFile(currentTarget.files?.[0])}
					/>
				</label>
				<button type="button" onClick={onClose}>
					{speech.say("town.back")}
				</button>
			</div>
			<Shipped onChoose={(shipped) => void read({ shipped })} />
			{stage !== "" && (
				<p role={stage === "failed" ? "alert" : "status"}>{speech.say(`town.import.${stage}`)}</p>
			)}
			{order && answer && (
				<>
					{"name" in order && (
						<Columns
							key={order.name}
							answer={answer}
							onChange={(mapping) => void read({ ...order, mapping })}
						/>
					)}
					<Verdict
						key={"name" in order ? order.name : order.shipped}
						answer={answer}
						isBusy={stage !== ""}
						onStart={() => void start(startOf(order, answer))}
					/>
				</>
			)}
		</section>
	);
}

/** As it was read: with the mapping that was read with. */
const startOf = (order: ReadOrder, { mapping }: ReadAnswer): ReadOrder =>
	"name" in order ? { ...order, mapping } : order;

interface ShippedProps {
	readonly onChoose: (shipped: ShippedOrder["shipped"]) => void;
}

/** Towns that need no file. */
function Shipped({ onChoose }: ShippedProps): JSX.Element {
	const speech = useSpeech();
	return (
		<div class="row shipped">
			<span>{speech.say("town.shipped")}</span>
			{(["example", "made"] as const).map((shipped) => (
				<button type="button" key={shipped} onClick={() => onChoose(shipped)}>
					{speech.say(`town.shipped.${shipped}`)}
				</button>
			))}
		</div>
	);
}

interface ColumnsProps {
	readonly answer: ReadAnswer;
	readonly onChange: (mapping: Mapping) => void;
}

/** Which column holds which field; the first rows of the file beside it. */
function Columns({ answer, onChange }: ColumnsProps): JSX.Element {
	const speech = useSpeech();
	const { columns, sample, mapping } = answer;
	const choose = (field: Field, column: string) => {
		const { [field]: _, ...others } = mapping.columns;
		onChange({ ...mapping, columns: column === "" ? others : { ...others, [field]: column } });
	};
	return (
		<fieldset class="columns">
			<legend>{speech.say("town.columns")}</legend>
			<div class="fields">
				{FIELDS.map((field) => (
					<label class="field" key={field}>
						<span>{speech.say(`town.field.${field}`)}</span>
						<select
							value={mapping.columns[field] ?? ""}
							onChange={({ currentTarget }) => choose(field, currentTarget.value)}
						>
							<option value="">{speech.say("town.noColumn")}</option>
							{columns.map((column, index) => (
								<option value={column} key={column}>
									{sample[0]?.[index] ? `${column} (${sample[0][index]})` : column}
								</option>
							))}
						</select>
					</label>
				))}
				<label class="field">
					<span>{speech.say("town.system")}</span>
					<select
						value={mapping.system ?? ""}
						onChange={({ currentTarget: { value } }) => {
							const { system: _, ...others } = mapping;
							onChange(value === "" ? others : { ...others, system: value as SystemName });
						}}
					>
						<option value="">{speech.say("town.systemByFile")}</option>
						{SYSTEMS.map((system) => (
							<option value={system} key={system}>
								{systemTitle(system)}
							</option>
						))}
					</select>
				</label>
			</div>
			<Assumptions answer={answer} onChange={onChange} />
		</fieldset>
	);
}

/** Values that the file lacks, with those that are taken if none is entered. */
const ASSUMED = [
	["watts", undefined],
	["vehicles_day", VEHICLES_DAY],
	["walkers_day", WALKERS_DAY],
	["roadFrom", ROAD_FROM],
	["ledShare", LED_SHARE],
] as const;
type AssumedName = (typeof ASSUMED)[number][0];

/** Watts that are not entered stay unknown. */
function Assumptions({ answer, onChange }: ColumnsProps): JSX.Element {
	const speech = useSpeech();
	const { mapping } = answer;
	const { assumed = {} } = mapping;
	const set = (name: AssumedName, text: string) => {
		const { [name]: _, ...others } = assumed;
		const value = Number(text.replace(",", "."));
		const isGiven = text.trim() !== "" && value > 0;
		onChange({ ...mapping, assumed: isGiven ? { ...others, [name]: value } : others });
	};
	return (
		<div class="fields assumed">
			{ASSUMED.map(([name, usual]) => (
				<label class="field" key={name}>
					<span>{speech.say(`town.assumed.${name}`)}</span>
					<input
						type="text"
						inputMode="decimal"
						maxLength={8}
						placeholder={usual === undefined ? speech.say("town.unknown") : speech.number(usual, 0)}
						defaultValue={assumed[name] === undefined ? "" : String(assumed[name])}
						onChange={({ currentTarget }) => set(name, currentTarget.value)}
					/>
				</label>
			))}
		</div>
	);
}

interface VerdictProps {
	readonly answer: ReadAnswer;
	readonly isBusy: boolean;
	readonly onStart: () => void;
}

function Verdict({ answer, isBusy, onStart }: VerdictProps): JSX.Element {
	const speech = useSpeech();
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const { read, isTown, seconds } = answer;
	return (
		<section class="card account" aria-labelledby="verdict">
			<h3 id="verdict" tabIndex={-1} ref={heading}>
				{speech.say("town.account")}
			</h3>
			<Sentences read={read} />
			{isTown && seconds !== undefined && (
				<p>{speech.say("town.will", { time: speech.span(1000 * seconds) })}</p>
			)}
			<button type="button" class="main" disabled={!isTown || isBusy} onClick={onStart}>
				{speech.say("town.open")}
			</button>
		</section>
	);
}
