/** Secret input: a labelled field whose text is not shown and that no browser keeps. */
import type { JSX } from "preact";

interface SecretInputProps {
	readonly name: string;
	readonly label: string;
	readonly value: string;
	readonly onValue: (value: string) => void;
}

export function SecretInput({ name, label, value, onValue }: SecretInputProps): JSX.Element {
	return (
		<label>
			{label}{" "}
			<input
				type="password"
				name={name}
				autocomplete="off"
				value={value}
				onInput={({ currentTarget }) => onValue(currentTarget.value)}
			/>
		</label>
	);
}
