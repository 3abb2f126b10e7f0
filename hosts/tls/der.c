/** DER: elements and their limits (X.690, 8.1 and 10.1). */
#include "der.h"

#include <string.h>

/* Certificates nest seven deep; more would only cost the stack. */
#define DEEPEST 16

bool derTake(Der *from, uint8_t tag, Der *content)
{
	size_t count = derCount(*from);
	size_t head = 2;
	if (tag == 0 || derTag(*from) != tag || count < head) return false;
	size_t length = from->at[1];
	if (length > 127) {
		size_t more = length - 128; /* 8.1.3.5 */
		if (more < 1 || more > 2 || count < head + more) return false;
		length = more == 1 ? from->at[2] : 256u * from->at[2] + from->at[3];
		if (length < (more == 1 ? 128 : 256)) return false; /* 10.1: the shortest form */
		head += more;
	}
	if (length > count - head) return false;
	const uint8_t *start = from->at + head;
	from->at = start + length;
	if (content) *content = (Der){ start, start + length };
	return true;
}

bool derWhole(Der *from, uint8_t tag, Der *whole)
{
	const uint8_t *start = from->at;
	if (!derTake(from, tag, NULL)) return false;
	*whole = (Der){ start, from->at };
	return true;
}

bool derBits(Der *from, Der *bits)
{
	if (!derTake(from, DER_BIT_STRING, bits) || derCount(*bits) < 1 || bits->at[0] != 0) return false;
	bits->at += 1;
	return true;
}

bool derPositive(Der *from, Der *magnitude)
{
	Der number;
	if (!derTake(from, DER_INTEGER, &number) || derCount(number) < 1 || number.at[0] > 127) return false;
	if (number.at[0] == 0 && derCount(number) > 1) {
		if (number.at[1] < 128) return false;
		number.at += 1;
	}
	*magnitude = number;
	return true;
}

bool derIs(Der der, const void *bytes, size_t count)
{
	return derCount(der) == count && (count == 0 || memcmp(der.at, bytes, count) == 0);
}

static bool isPrimitiveSound(uint8_t tag, Der content)
{
	switch (tag) {
	case DER_BOOLEAN:
		return derCount(content) == 1;
	case DER_INTEGER:
	case DER_OBJECT:
		return derCount(content) > 0;
	case DER_BIT_STRING:
		return derCount(content) > 0 && content.at[0] < 8;
	default:
		return true;
	}
}

static bool isSound(Der der, int depth)
{
	if (depth == 0) return false;
	while (derCount(der) > 0) {
		uint8_t tag = derTag(der);
		Der content;
		if (!derTake(&der, tag, &content)) return false;
		if (tag & DER_CONSTRUCTED ? !isSound(content, depth - 1) : !isPrimitiveSound(tag, content))
			return false;
	}
	return true;
}

bool derIsSound(const uint8_t *bytes, size_t count)
{
	Der block = derOf(bytes, count);
	return isSound(block, DEEPEST) && derTake(&block, DER_SEQUENCE, NULL) && derCount(block) == 0;
}
