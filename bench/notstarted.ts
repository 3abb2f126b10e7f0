/** Not started: the whole image is loaded; a lamp's boot ends before its node is created. */
const BEGIN = "const lamp = new Node(host);";

/** `host/main` of the virtual lamp, for machines that have only been cloned. */
export function notStarted(source: string): string {
	if (!source.includes(BEGIN)) throw new Error(`bench: host/main has no line ${BEGIN}`);
	return source.replace(BEGIN, `if (native.serial) return () => {};\n\t${BEGIN}`);
}
