/** Mbed TLS, built to be counted, has the settings of the image. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";

/** Names of ESP-IDF's for one or several of the library's own. */
const OTHER: Readonly<Record<string, string>> = {
	TLS_CLIENT_ONLY: "SSL_SRV_C",
	SERVER_SSL_SESSION_TICKETS: "SSL_TICKET_C",
	SSL_TLS1_3_KEXM_PSK: "SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED",
	ERROR_STRINGS: "ERROR_C",
};
/** Set to y, these leave something out. */
const LEAVES_OUT = ["TLS_CLIENT_ONLY"];
/** Of threads, accelerators and resources, which a build of the library alone does not have. */
const NOT_COUNTED =
	/^(THREADING_|LARGE_KEY_SOFTWARE_MPI|CERTIFICATE_BUNDLE|ASYMMETRIC_CONTENT_LEN|SSL_KEEP_PEER)/;

const header = readFileSync("tools/image/mbedtls.h", "utf8");
const lines = readFileSync("hosts/esp32/sdkconfig/tls.defaults", "utf8");
const settings = [...lines.matchAll(/^CONFIG_MBEDTLS_(\w+)=(\w+)$/gm)]
	.map(([, name, value]) => [name!, value!] as const)
	.filter(([name]) => !NOT_COUNTED.test(name));

test("settings of Mbed TLS are found", () => {
	expect(settings.length).toBeGreaterThan(19);
});

test.each(settings)("CONFIG_MBEDTLS_%s=%s", (name, value) => {
	const isOut = value === "n" || LEAVES_OUT.includes(name);
	const own = `MBEDTLS_${OTHER[name] ?? name}`;
	const more = value === "y" || isOut ? "" : ` ${value}`;
	expect(header).toContain(`#${isOut ? "undef" : "define"} ${own}${more}\n`);
});
