/**
 * Utf8: between the engine's strings and standard UTF-8 (RFC 3629).
 *
 * The engine keeps strings in UTF-8 with two deviations: U+0000 is written C0 80, and half a
 * surrogate pair may be alone or in two halves. Outside, U+0000 is one zero byte, two halves are
 * one character, and a half alone is U+FFFD, as in the Encoding standard.
 */
#include <string.h>
#include "utf8.h"

static int isHalf(const uint8_t *p, int low)
{
	return p[0] == 0xED && (p[1] & 0xF0) == (low ? 0xB0 : 0xA0);
}

/* Writes one character of the engine's and returns where the next begins; `*size` is its size. */
static const uint8_t *step(const uint8_t *p, uint8_t *out, int *size)
{
	if (p[0] == 0xC0 && p[1] == 0x80) {
		out[0] = 0;
		*size = 1;
		return p + 2;
	}
	if (isHalf(p, 0) && isHalf(p + 3, 1)) {
		uint32_t high = (p[1] & 0x0F) << 6 | (p[2] & 0x3F);
		uint32_t c = 0x10000 + (high << 10 | (p[4] & 0x0F) << 6 | (p[5] & 0x3F));
		out[0] = 0xF0 | c >> 18;
		out[1] = 0x80 | (c >> 12 & 0x3F);
		out[2] = 0x80 | (c >> 6 & 0x3F);
		out[3] = 0x80 | (c & 0x3F);
		*size = 4;
		return p + 6;
	}
	if (p[0] == 0xED && p[1] >= 0xA0) {
		out[0] = 0xEF;
		out[1] = 0xBF;
		out[2] = 0xBD;
		*size = 3;
		return p + 3;
	}
	*size = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	for (int i = 0; i < *size; i++) out[i] = p[i];
	return p + *size;
}

uint32_t utf8Length(const char *string)
{
	const uint8_t *p = (const uint8_t *) string;
	uint8_t out[4];
	uint32_t length = 0;
	int size;
	while (*p) {
		p = step(p, out, &size);
		length += size;
	}
	return length;
}

void utf8Encode(const char *string, uint8_t *into)
{
	const uint8_t *p = (const uint8_t *) string;
	uint8_t out[4];
	int size;
	while (*p) {
		p = step(p, out, &size);
		for (int i = 0; i < size; i++) *into++ = out[i];
	}
}

/* RFC 3629, section 4: shortest form, no surrogates, up to U+10FFFF; and no zero. */
int utf8IsValid(const uint8_t *p, uint32_t count)
{
	const uint8_t *end = p + count;
	while (p < end) {
		uint8_t c = *p++;
		int more;
		uint8_t low = 0x80, high = 0xBF;
		if (c == 0) return 0;
		if (c < 0x80) continue;
		if (c >= 0xC2 && c <= 0xDF)
			more = 1;
		else if (c >= 0xE0 && c <= 0xEF) {
			more = 2;
			if (c == 0xE0) low = 0xA0;
			if (c == 0xED) high = 0x9F;
		} else if (c >= 0xF0 && c <= 0xF4) {
			more = 3;
			if (c == 0xF0) low = 0x90;
			if (c == 0xF4) high = 0x8F;
		} else
			return 0;
		while (more--) {
			if (p == end || *p < low || *p > high) return 0;
			low = 0x80;
			high = 0xBF;
			p++;
		}
	}
	return 1;
}
