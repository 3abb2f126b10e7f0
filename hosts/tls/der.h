/**
 * DER: reads X.690 element by element; no length leads beyond its parent.
 *
 * Bytes come from an unknown peer. Only definite lengths of the shortest form, up to 65,535 bytes.
 */
#ifndef LUMINODE_DER_H
#define LUMINODE_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_OBJECT = 0x06,
	DER_UTC_TIME = 0x17,
	DER_GENERALIZED_TIME = 0x18,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONSTRUCTED = 0x20,
};

/** A span of bytes, of which the next element is read at its start. */
typedef struct {
	const uint8_t *at;
	const uint8_t *end;
} Der;

static inline Der derOf(const uint8_t *bytes, size_t count)
{
	return (Der){ bytes, bytes + count };
}

static inline size_t derCount(Der der)
{
	return (size_t) (der.end - der.at);
}

/** The nth byte from here; 0 beyond the end. */
static inline uint8_t derByte(Der der, size_t nth)
{
	return nth < derCount(der) ? der.at[nth] : 0;
}

/** Of the next element; 0, which is no tag, at the end. */
static inline uint8_t derTag(Der der)
{
	return derByte(der, 0);
}

/** Steps over the next element, which must have this tag. `content` may be NULL. */
bool derTake(Der *from, uint8_t tag, Der *content);

/** The same; `whole` is the element with its tag and length. */
bool derWhole(Der *from, uint8_t tag, Der *whole);

/** Steps over the next BIT STRING, of whole bytes. */
bool derBits(Der *from, Der *bits);

/** The next INTEGER, positive and of the shortest form, without a zero that keeps it positive. */
bool derPositive(Der *from, Der *magnitude);

bool derIs(Der der, const void *bytes, size_t count);

static inline bool derSame(Der one, Der other)
{
	return derIs(one, other.at, derCount(other));
}

/** Whether one sequence fills the bytes, and elements fill every constructed element. */
bool derIsSound(const uint8_t *bytes, size_t count);

#endif
