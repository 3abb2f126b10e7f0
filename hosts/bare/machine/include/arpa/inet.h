/* Byte order of the network: the engine includes this header, and the board's library has none. */
#ifndef LUMINODE_INET_H
#define LUMINODE_INET_H
#include <stdint.h>
#define htons(x) __builtin_bswap16(x)
#define ntohs(x) __builtin_bswap16(x)
#define htonl(x) __builtin_bswap32(x)
#define ntohl(x) __builtin_bswap32(x)
#endif
