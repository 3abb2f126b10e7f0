/**
 * Copies: a file of as many lights as a measurement needs: the made commune side by side with itself,
 * each copy with names, numbers and cabinets of its own.
 */
import { madeFile } from "../../town/example/inventedtown.js";

/** Between two copies, m: the villages of one are within 4 km of its middle. */
const APART = 7_000;

/** CSV in Lambert 72, of `lights` lights. */
export function copiesOf(lights: number): string {
	const [head, ...rows] = madeFile(1)
		.trimEnd()
		.split("\n")
		.map((row) => row.split(";"));
	const names = head!;
	const place = (name: string) => names.indexOf(name);
	const [x, y] = [place("x"), place("y")];
	const across = Math.ceil(Math.sqrt(lights / rows.length));
	const lines = [names.join(";")];
	for (let light = 0; light < lights; light++) {
		const copy = Math.floor(light / rows.length);
		const cells = [...rows[light % rows.length]!];
		const move = (at: number, by: number) => {
			cells[at] = (Number(cells[at]!.replace(",", ".")) + by * APART).toFixed(2).replace(".", ",");
		};
		move(x, (copy % across) - Math.floor(across / 2));
		move(y, Math.floor(copy / across) - Math.floor(across / 2));
		cells[place("numero")] = String(light + 1);
		for (const name of ["village", "armoire"]) cells[place(name)] += ` ${copy + 1}`;
		lines.push(cells.join(";"));
	}
	return `${lines.join("\n")}\n`;
}
