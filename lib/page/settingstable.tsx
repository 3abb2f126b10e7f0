/**
 * Settings table: the settings of a lamp as a form, each with its meaning and its range. The street's
 * page and the page at the pole use it.
 */
import type { JSX } from "preact";
import type { SettingRow } from "./settingrow.js";

export type SettingValue = string | number | boolean;

interface TableProps {
	readonly rows: readonly SettingRow[];
	readonly values: Readonly<Record<string, SettingValue>>;
	/** Values that were edited, by name. */
	readonly changed: Readonly<Record<string, SettingValue>>;
	readonly language: "en" | "fr";
	/** Titles of the columns. */
	readonly titles: readonly [setting: string, value: string, range: string];
	readonly onValue: (name: string, value: SettingValue) => void;
}

export function SettingsTable(props: TableProps): JSX.Element {
	const { rows, values, changed, language, titles, onValue } = props;
	return (
		<table>
			<thead>
				<tr>
					{titles.map((title) => (
						<th key={title} scope="col">
							{title}
						</th>
					))}
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
								value={changed[row.name] ?? values[row.name] ?? row.initial}
								onValue={(value) => onValue(row.name, value)}
							/>
						</td>
						<td class="how">{row.range[language]}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** The rows whose name or meaning contains the text. */
export function rowsWith(
	rows: readonly SettingRow[],
	text: string,
	language: "en" | "fr",
): readonly SettingRow[] {
	const part = text.toLowerCase();
	return rows.filter(({ name, meaning }) =>
		`${name} ${meaning[language]}`.toLowerCase().includes(part),
	);
}

interface InputProps {
	readonly row: SettingRow;
	readonly value: SettingValue;
	readonly onValue: (value: SettingValue) => void;
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
