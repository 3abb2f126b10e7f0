/**
 * Utf8: between the engine's strings and standard UTF-8.
 */
#ifndef LUMINODE_UTF8_H
#define LUMINODE_UTF8_H

#include <stdint.h>

uint32_t utf8Length(const char *string);
void utf8Encode(const char *string, uint8_t *into);
int utf8IsValid(const uint8_t *bytes, uint32_t count);

#endif
