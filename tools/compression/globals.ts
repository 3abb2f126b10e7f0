/**
 * Globals: the names that an image may use without declaring them.
 *
 * Those of the language are a list and not the compiler's library, which has more than XS has (Intl).
 * Those of a platform are what its types declare at their top (`declare const headless`).
 */

/** In XS 13.3 and 17. */
export const LANGUAGE = [
	"undefined",
	"NaN",
	"Infinity",
	"globalThis",
	"Array",
	"ArrayBuffer",
	"BigInt",
	"Boolean",
	"DataView",
	"Date",
	"Function",
	"JSON",
	"Map",
	"Math",
	"Number",
	"Object",
	"Promise",
	"Proxy",
	"Reflect",
	"RegExp",
	"Set",
	"String",
	"Symbol",
	"WeakMap",
	"WeakSet",
	"WeakRef",
	"Atomics",
	"SharedArrayBuffer",
	"Error",
	"EvalError",
	"RangeError",
	"ReferenceError",
	"SyntaxError",
	"TypeError",
	"URIError",
	"AggregateError",
	"Int8Array",
	"Uint8Array",
	"Uint8ClampedArray",
	"Int16Array",
	"Uint16Array",
	"Int32Array",
	"Uint32Array",
	"BigInt64Array",
	"BigUint64Array",
	"Float32Array",
	"Float64Array",
	"isFinite",
	"isNaN",
	"parseFloat",
	"parseInt",
	"decodeURI",
	"decodeURIComponent",
	"encodeURI",
	"encodeURIComponent",
] as const;

const DECLARED = /^declare (?:const|let|var|function|class) (\w+)/gm;

/** The globals of an image; `outside` contains the types of its platform. */
export function globalsOf(outside = ""): ReadonlySet<string> {
	return new Set<string>([
		...LANGUAGE,
		...[...outside.matchAll(DECLARED)].map(([, name]) => name!),
	]);
}
