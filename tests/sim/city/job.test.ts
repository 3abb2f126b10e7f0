/** The Kubernetes Job by the types that its OpenAPI schema has, and by the rules of an Indexed Job. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { parse } from "yaml";

const ready = readFileSync("city/files/simulator-job.yml", "utf8");
const SETTINGS: ts.CompilerOptions = {
	strict: true,
	noEmit: true,
	types: [],
	lib: ["lib.es2022.d.ts"],
	moduleResolution: ts.ModuleResolutionKind.Bundler,
	module: ts.ModuleKind.ESNext,
};

/** Of each text the breaches: unknown and missing fields, values of another type. */
function breachesOf(texts: readonly string[]): string[] {
	const files = texts.map((_, n) => join(process.cwd(), `job${n}.ts`)); // in memory alone
	const host = ts.createCompilerHost(SETTINGS);
	const onDisk = host.getSourceFile;
	host.getSourceFile = (name, ...more) => {
		const text = texts[files.indexOf(name)];
		return text === undefined
			? onDisk(name, ...more)
			: ts.createSourceFile(name, sourceOf(text), more[0]);
	};
	const program = ts.createProgram(files, SETTINGS, host);
	return files.map((file) =>
		ts
			.getPreEmitDiagnostics(program, program.getSourceFile(file))
			.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))
			.join("\n"),
	);
}

const sourceOf = (job: string) => `import type { Job } from "kubernetes-types/batch/v1";
type Whole = Job & Required<Pick<Job, "apiVersion" | "kind" | "metadata" | "spec">>;
export const job: Whole = ${JSON.stringify(parse(job))};`;

describe("by the types of Kubernetes", () => {
	const rows: [what: string, from: string | RegExp, to: string, says: RegExp][] = [
		["the ready file is a Job", "", "", /^$/],
		["a misspelt field", "completionMode", "completionsMode", /"completionsMode".* 'JobSpec'/],
		["a number in quotes", "completions: 7", 'completions: "7"', /'string'.*'number'/],
		["a variable that is a number", '"7"', "7", /'number'.*'string'/],
		["another version", "batch/v1", "batch/v2", /"batch\/v2"/],
		["another kind", "kind: Job", "kind: CronJob", /"CronJob"/],
		["no pod", /^ {2}template:[\s\S]*/m, "", /'template' is missing/],
		["a container without a name", "name: part", "tty: true", /'name' is missing/],
		["a field on another level", /^( {6})restartPolicy/m, "$1completions", /'PodSpec'/],
	];
	const texts = rows.map(([, from, to]) => ready.replace(from, to));
	const breaches = breachesOf(texts);
	test.each(rows.map(([what, , , says], n) => [what, n, says] as const))("%s", (_what, n, says) => {
		expect(breaches[n]).toMatch(says);
	});
	test("each broken file differs", () => {
		expect(new Set(texts).size).toBe(rows.length);
	});
});

test("the parts are as many as the indexes, and a pod of a wrong option is not started anew", () => {
	const { spec } = parse(ready);
	const [{ env }] = spec.template.spec.containers;
	expect(env).toEqual([{ name: "PARTS", value: String(spec.completions) }]);
	expect([spec.completionMode, spec.template.spec.restartPolicy]).toEqual(["Indexed", "Never"]);
	expect(spec.parallelism).toBeLessThanOrEqual(spec.completions);
});
